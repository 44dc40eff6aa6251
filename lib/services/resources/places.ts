import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { hostWithin } from "../../core/policies/requirements.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { classifyHost } from "../../core/regions/classify-host.ts";
import { policiesInForce } from "../../db/policy-version.ts";
import { withTenant } from "../../db/with-tenant.ts";

export type Places = {
  /** Whether a host lies outside the tenant's policy in force; null: it has none. */
  isElsewhere(tenantId: string, host: string): boolean | null;
};

/** What the policies in force of these tenants say of hosts now. */
export async function readPlaces(tenantIds: readonly string[], catalog: Catalog, at: Date): Promise<Places> {
  const rows = await withTenant({ read: tenantIds, write: null }, (tx) => policiesInForce(tx, tenantIds, at));
  const policies = new Map([...rows].map(([tenantId, { body }]) => [tenantId, parsePolicy(body)]));
  return {
    isElsewhere(tenantId, host) {
      const policy = policies.get(tenantId);
      if (policy === undefined) return null;
      return !hostWithin(classifyHost(host, catalog, policy.customHosts), policy, catalog);
    },
  };
}
