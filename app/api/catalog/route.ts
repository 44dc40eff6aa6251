import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { getCatalog } from "../../../lib/services/catalog/get-catalog.ts";

/** The catalog in force, with what is due to be confirmed. */
export const GET = route(({ actor }) => getCatalog(actor));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
