import { readBody } from "../../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../lib/auth/route.ts";
import { decisionInput } from "../../../../../../lib/contracts/policies.ts";
import { approveRequest } from "../../../../../../lib/services/retention/decide-request.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) =>
  approveRequest(actor, { ...(await readBody(request, decisionInput)), id }),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
