import { readSearch } from "../../../lib/auth/read-input.ts";
import { route } from "../../../lib/auth/route.ts";
import { callSearch } from "../../../lib/contracts/calls.ts";
import { listCalls } from "../../../lib/services/calls/list-calls.ts";

export const GET = route(({ actor, request }) => listCalls(actor, readSearch(request, callSearch)));
