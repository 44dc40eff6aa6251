import { readBody } from "../../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../lib/auth/route.ts";
import { liftHoldInput } from "../../../../../../lib/contracts/retention.ts";
import { requestLift } from "../../../../../../lib/services/retention/request-retention.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) =>
  requestLift(actor, { ...(await readBody(request, liftHoldInput)), id }),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
