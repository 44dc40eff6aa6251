import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { checkInput } from "../../../../../lib/contracts/findings.ts";
import { checkFinding } from "../../../../../lib/services/findings/check-finding.ts";
import { getFinding } from "../../../../../lib/services/findings/get-finding.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) => {
  await checkFinding(actor, { ...(await readBody(request, checkInput)), id });
  return getFinding(actor, id);
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
