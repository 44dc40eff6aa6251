import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { resolveInput } from "../../../../../lib/contracts/findings.ts";
import { getFinding } from "../../../../../lib/services/findings/get-finding.ts";
import { resolveFinding } from "../../../../../lib/services/findings/resolve-finding.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) => {
  await resolveFinding(actor, { ...(await readBody(request, resolveInput)), id });
  return getFinding(actor, id);
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
