import type { CallRecord } from "../../core/calls/call-record.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { PolicyInForce } from "../../core/policies/policy.ts";
import { policiesByVersion } from "../../db/policy-version.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";

/** The policy versions that records of a tenant name. Kept for good: a version never changes. */
export async function policiesOf(
  tenantId: string,
  records: readonly CallRecord[],
): Promise<ReadonlyMap<number, PolicyInForce>> {
  const known = kept.get(tenantId) ?? new Map<number, PolicyInForce>();
  const wanted = new Set(records.flatMap((record) => record.policyVersion ?? []));
  const missing = [...wanted].filter((version) => !known.has(version));
  if (missing.length > 0) {
    const rows = await withTenantSql(tenantScope(tenantId), (sql) =>
      policiesByVersion(sql, tenantId, missing),
    );
    for (const { version, sha256, body } of rows)
      known.set(version, { version, sha256, policy: parsePolicy(body) });
    kept.set(tenantId, known);
  }
  return known;
}

const kept = new Map<string, Map<number, PolicyInForce>>();
