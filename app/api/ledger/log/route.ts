import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { logSearch } from "../../../../lib/contracts/ledger.ts";
import { getLog } from "../../../../lib/services/ledger/get-log.ts";

export const GET = route(({ actor, request }) => getLog(actor, readSearch(request, logSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
