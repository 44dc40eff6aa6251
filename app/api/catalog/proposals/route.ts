import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { listCatalogProposals } from "../../../../lib/services/catalog/list-proposals.ts";

export const GET = route(({ actor }) => listCatalogProposals(actor));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
