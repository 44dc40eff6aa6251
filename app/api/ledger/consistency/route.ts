import { fileResponse } from "../../../../lib/auth/file-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { consistencySearch } from "../../../../lib/contracts/ledger.ts";
import { getConsistency } from "../../../../lib/services/ledger/get-consistency.ts";

export const GET = route(async ({ actor, request }) =>
  fileResponse(
    await getConsistency(actor, readSearch(request, consistencySearch)),
    "text/plain; charset=utf-8",
  ),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
