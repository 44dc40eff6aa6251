import { fileResponse } from "../../../../../../lib/auth/file-response.ts";
import { refuseOtherMethods } from "../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../lib/auth/route.ts";
import { getCallProofFile } from "../../../../../../lib/services/ledger/get-call-proof-file.ts";

export const GET = route<{ id: string }>(async ({ actor, params }) =>
  fileResponse(await getCallProofFile(actor, params.id), "text/plain; charset=utf-8"),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
