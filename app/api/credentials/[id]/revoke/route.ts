import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { tenantInput } from "../../../../../lib/contracts/tenants.ts";
import { revokeCredential } from "../../../../../lib/services/credentials/revoke-credential.ts";

export const POST = route<{ id: string }>(async ({ actor, request, params }) => {
  const { tenant } = await readBody(request, tenantInput);
  return revokeCredential(actor, { tenant, credentialId: params.id });
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
