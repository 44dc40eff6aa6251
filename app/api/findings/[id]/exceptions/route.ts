import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { exceptionInput } from "../../../../../lib/contracts/findings.ts";
import { requestException } from "../../../../../lib/services/exceptions/request-exception.ts";
import { getFinding } from "../../../../../lib/services/findings/get-finding.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) => {
  await requestException(actor, { ...(await readBody(request, exceptionInput)), findingId: id });
  return getFinding(actor, id);
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
