import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { waitingSearch } from "../../../../lib/contracts/decisions.ts";
import { listWaiting } from "../../../../lib/services/decisions/list-waiting.ts";

export const GET = route(({ actor, request }) => listWaiting(actor, readSearch(request, waitingSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
