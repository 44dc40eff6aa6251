import { fileResponse } from "../../../../../lib/auth/file-response.ts";
import { readSearch } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { entryProofSearch } from "../../../../../lib/contracts/trail.ts";
import { getEntryProofFile } from "../../../../../lib/services/ledger/get-entry-proof-file.ts";

export const GET = route(async ({ actor, request }) =>
  fileResponse(
    await getEntryProofFile(actor, readSearch(request, entryProofSearch)),
    "text/plain; charset=utf-8",
  ),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
