import { keyIntakeDigests, plainIntakeKeys } from "../../db/intake-key.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { asKeyed } from "./report-digest.ts";

/** Of one tenant in one transaction. */
const stepRows = 2_000;

/**
 * Keys the digests of reports that were taken while a digest was a plain hash: what is left of a person who was erased must
 * not tell whoever tries names. Repeats of those reports are known as before. Safe to repeat, and to stop at any time.
 * Answers how many it keyed.
 */
export async function keyReportDigests(): Promise<number> {
  let keyed = 0;
  await forEachTenant(await allTenantIds(), async (tenantId) => {
    for (let step = stepRows; step === stepRows; ) {
      step = await withTenantSql(tenantScope(tenantId), async (sql) => {
        const plain = await plainIntakeKeys(sql, tenantId, stepRows);
        const rows = plain.map(({ clientId, digest }) => ({ clientId, digest: asKeyed(tenantId, digest) }));
        if (rows.length > 0) await keyIntakeDigests(sql, tenantId, rows);
        return rows.length;
      });
      keyed += step;
    }
  });
  return keyed;
}
