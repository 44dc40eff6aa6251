import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Policy } from "../../core/policies/policy.ts";
import { newestPolicies } from "../../db/policy-version.ts";
import { allTenantIds, tenantsById } from "../../db/tenant.ts";
import { withTenantSql } from "../../db/with-tenant.ts";

export type CountingPolicies = {
  readonly tenantId: string;
  readonly slug: string;
  readonly policies: readonly Policy[];
};

/** The policies of every tenant that are in force, or about to be. */
export async function countingPolicies(at: Date): Promise<CountingPolicies[]> {
  const tenants = await tenantsById(await allTenantIds());
  return withTenantSql({ read: tenants.map(({ id }) => id), write: null }, async (sql) => {
    const found: CountingPolicies[] = [];
    for (const { id, slug } of tenants) {
      const versions = await newestPolicies(sql, id, 2);
      // The one before counts while the newest has not taken effect.
      const counting = versions.filter((_, i) => i === 0 || (versions[0]?.effectiveAt ?? at) > at);
      found.push({ tenantId: id, slug, policies: counting.map(({ body }) => parsePolicy(body)) });
    }
    return found;
  });
}
