import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { acknowledgeInput } from "../../../../../lib/contracts/findings.ts";
import { getFinding } from "../../../../../lib/services/findings/get-finding.ts";
import { investigateFinding } from "../../../../../lib/services/findings/investigate-finding.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) => {
  await investigateFinding(actor, { ...(await readBody(request, acknowledgeInput)), id });
  return getFinding(actor, id);
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
