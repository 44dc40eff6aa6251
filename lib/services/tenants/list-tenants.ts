import type { TenantSummary } from "../../contracts/tenants.ts";
import { policiesInForce } from "../../db/policy-version.ts";
import { tenantsById } from "../../db/tenant.ts";
import { withTenant } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { tenantSummary } from "./tenant-summary.ts";

/** The tenants a person is a member of, by name. */
export async function listTenants(actor: Actor): Promise<TenantSummary[]> {
  const members = await tenantsFor(actor, "tenant:read", undefined);
  const ids = members.map(({ tenantId }) => tenantId);
  const [tenants, policies] = await Promise.all([
    tenantsById(ids),
    withTenant({ read: ids, write: null }, (tx) => policiesInForce(tx, ids, new Date())),
  ]);
  return tenants.flatMap((tenant) => {
    const policy = policies.get(tenant.id);
    const role = members.find(({ tenantId }) => tenantId === tenant.id)?.role;
    return policy && role ? [tenantSummary(tenant, policy, role)] : [];
  });
}
