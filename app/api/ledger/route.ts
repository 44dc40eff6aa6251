import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { ledgerSearch } from "../../../lib/contracts/ledger.ts";
import { getLedger } from "../../../lib/services/ledger/get-ledger.ts";

export const GET = route(({ actor, request }) => getLedger(actor, readSearch(request, ledgerSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
