import { readBody } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { createTenantInput } from "../../../lib/contracts/tenants.ts";
import { createTenant } from "../../../lib/services/tenants/create-tenant.ts";
import { listTenants } from "../../../lib/services/tenants/list-tenants.ts";

export const GET = route(({ actor }) => listTenants(actor));

export const POST = route(
  async ({ actor, request }) => createTenant(actor, await readBody(request, createTenantInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
