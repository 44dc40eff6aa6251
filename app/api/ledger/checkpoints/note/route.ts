import { fileResponse } from "../../../../../lib/auth/file-response.ts";
import { readSearch } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { checkpointNoteSearch } from "../../../../../lib/contracts/ledger.ts";
import { getCheckpointNote } from "../../../../../lib/services/ledger/get-checkpoint-note.ts";

export const GET = route(async ({ actor, request }) =>
  fileResponse(
    await getCheckpointNote(actor, readSearch(request, checkpointNoteSearch)),
    "text/plain; charset=utf-8",
  ),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
