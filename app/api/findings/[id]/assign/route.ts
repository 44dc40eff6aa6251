import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { assignInput } from "../../../../../lib/contracts/findings.ts";
import { assignFinding } from "../../../../../lib/services/findings/assign-finding.ts";
import { getFinding } from "../../../../../lib/services/findings/get-finding.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) => {
  await assignFinding(actor, { ...(await readBody(request, assignInput)), id });
  return getFinding(actor, id);
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
