import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { callSearch } from "../../../lib/contracts/calls.ts";
import { listCalls } from "../../../lib/services/calls/list-calls.ts";

export const GET = route(({ actor, request }) => listCalls(actor, readSearch(request, callSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
