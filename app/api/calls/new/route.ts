import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { newCallSearch } from "../../../../lib/contracts/calls.ts";
import { listNewCalls } from "../../../../lib/services/calls/list-new-calls.ts";

export const GET = route(({ actor, request }) => listNewCalls(actor, readSearch(request, newCallSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
