import { readBody } from "../../../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../../lib/auth/route.ts";
import { exceptionEndInput } from "../../../../../../../lib/contracts/findings.ts";
import { endException } from "../../../../../../../lib/services/exceptions/end-exception.ts";
import { getFinding } from "../../../../../../../lib/services/findings/get-finding.ts";

export const POST = route<{ id: string; exceptionId: string }>(
  async ({ actor, params: { id, exceptionId }, request }) => {
    await endException(actor, {
      ...(await readBody(request, exceptionEndInput)),
      findingId: id,
      exceptionId,
    });
    return getFinding(actor, id);
  },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
