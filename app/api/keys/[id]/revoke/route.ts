import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { tenantInput } from "../../../../../lib/contracts/tenants.ts";
import { revokeKey } from "../../../../../lib/services/keys/revoke-key.ts";

export const POST = route<{ id: string }>(async ({ actor, request, params }) => {
  const { tenant } = await readBody(request, tenantInput);
  return revokeKey(actor, { tenant, keyId: params.id });
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
