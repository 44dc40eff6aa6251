import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { tenantInput } from "../../../../../lib/contracts/tenants.ts";
import { askForReading } from "../../../../../lib/services/accounts/ask-for-reading.ts";

export const POST = route<{ id: string }>(
  async ({ actor, request, params, within }) => {
    const { tenant } = await readBody(request, tenantInput);
    within(tenant);
    return askForReading(actor, { tenant, accountId: params.id });
  },
  { costly: "reading" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
