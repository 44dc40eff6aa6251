import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { analysisInput } from "../../../../../lib/contracts/findings.ts";
import { analyseFinding } from "../../../../../lib/services/findings/analyse-finding.ts";
import { getFinding } from "../../../../../lib/services/findings/get-finding.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) => {
  await analyseFinding(actor, { ...(await readBody(request, analysisInput)), id });
  return getFinding(actor, id);
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
