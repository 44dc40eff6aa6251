import { isSpread } from "../../db/spread.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";

/** Who says it, in entries of the log. */
export const retentionJob = "retention";

/**
 * Says in a tenant's log what goes, then lets it go: in one transaction, or on a Citus cluster, which takes one database role in
 * each, in two (decision 0018). Answers what was said.
 *
 * crash: between the two it is said and not done. Whoever says finds that, and does not say it twice.
 */
export async function sayThenDo<Said>(
  tenantId: string,
  say: (sql: SqlTransaction) => Promise<Said>,
  carryOut: (sql: SqlTransaction, said: Said) => Promise<void>,
): Promise<Said> {
  const scope = tenantScope(tenantId);
  if (await isSpread()) {
    const said = await withTenantSql(scope, say);
    await withTenantSql(scope, (sql) => carryOut(sql, said));
    return said;
  }
  return withTenantSql(scope, async (sql) => {
    const said = await say(sql);
    await carryOut(sql, said);
    return said;
  });
}
