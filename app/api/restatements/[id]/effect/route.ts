import { readSearch } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { tenantInput } from "../../../../../lib/contracts/tenants.ts";
import { restatementEffect } from "../../../../../lib/services/restatements/stored-scope.ts";

export const GET = route<{ id: string }>(
  ({ actor, params: { id }, request, within }) => {
    const { tenant } = readSearch(request, tenantInput);
    within(tenant);
    return restatementEffect(actor, { tenant, id });
  },
  { costly: "replay" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
