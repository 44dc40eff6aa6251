import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { tenantInput } from "../../../../../lib/contracts/tenants.ts";
import { revokeAccount } from "../../../../../lib/services/accounts/revoke-account.ts";

export const POST = route<{ id: string }>(async ({ actor, request, params }) => {
  const { tenant } = await readBody(request, tenantInput);
  return revokeAccount(actor, { tenant, accountId: params.id });
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
