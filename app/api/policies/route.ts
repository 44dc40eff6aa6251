import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { savePolicyInput } from "../../../lib/contracts/policies.ts";
import { tenantInput } from "../../../lib/contracts/tenants.ts";
import { getPolicies } from "../../../lib/services/policies/get-policies.ts";
import { savePolicy } from "../../../lib/services/policies/save-policy.ts";

export const GET = route(({ actor, request }) => getPolicies(actor, readSearch(request, tenantInput).tenant));

export const POST = route(
  async ({ actor, request }) => savePolicy(actor, await readBody(request, savePolicyInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
