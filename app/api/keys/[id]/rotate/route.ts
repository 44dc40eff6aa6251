import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { rotateKeyInput, tenantName } from "../../../../../lib/contracts/tenants.ts";
import { rotateKey } from "../../../../../lib/services/keys/rotate-key.ts";

const input = rotateKeyInput.extend({ tenant: tenantName });

export const POST = route<{ id: string }>(
  async ({ actor, request, params }) =>
    rotateKey(actor, { ...(await readBody(request, input)), keyId: params.id }),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
