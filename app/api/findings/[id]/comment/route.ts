import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { commentInput } from "../../../../../lib/contracts/findings.ts";
import { commentOnFinding } from "../../../../../lib/services/findings/comment-on-finding.ts";
import { getFinding } from "../../../../../lib/services/findings/get-finding.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) => {
  await commentOnFinding(actor, { ...(await readBody(request, commentInput)), id });
  return getFinding(actor, id);
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
