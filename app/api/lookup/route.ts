import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { lookupSearch } from "../../../lib/contracts/lookup.ts";
import { lookUp } from "../../../lib/services/lookup/look-up.ts";

export const GET = route(({ actor, request }) => lookUp(actor, readSearch(request, lookupSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
