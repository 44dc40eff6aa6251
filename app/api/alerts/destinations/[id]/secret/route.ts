import { readBody } from "../../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../lib/auth/route.ts";
import { rotateSecretInput } from "../../../../../../lib/contracts/alerts.ts";
import { rotateSecret } from "../../../../../../lib/services/alerts/change-destination.ts";

export const POST = route<{ id: string }>(
  async ({ actor, request, params: { id } }) =>
    rotateSecret(actor, { ...(await readBody(request, rotateSecretInput)), id }),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
