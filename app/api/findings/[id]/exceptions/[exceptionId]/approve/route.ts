import { readBody } from "../../../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../../lib/auth/route.ts";
import { exceptionNoteInput } from "../../../../../../../lib/contracts/findings.ts";
import { approveException } from "../../../../../../../lib/services/exceptions/decide-exception.ts";
import { getFinding } from "../../../../../../../lib/services/findings/get-finding.ts";

export const POST = route<{ id: string; exceptionId: string }>(
  async ({ actor, params: { id, exceptionId }, request }) => {
    await approveException(actor, {
      ...(await readBody(request, exceptionNoteInput)),
      findingId: id,
      exceptionId,
    });
    return getFinding(actor, id);
  },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
