import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { resourceSearch } from "../../../lib/contracts/resources.ts";
import { listResources } from "../../../lib/services/resources/list-resources.ts";

export const GET = route(({ actor, request }) => listResources(actor, readSearch(request, resourceSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
