import { allTenantIds } from "../../db/tenant.ts";
import { type SqlTransaction, withTenantSql } from "../../db/with-tenant.ts";

/** What a job finds to do in all tenants, asked of all of them at once: most have nothing. */
export async function acrossTenants<T>(
  find: (sql: SqlTransaction, tenantIds: readonly string[]) => Promise<T>,
): Promise<T> {
  const ids = await allTenantIds();
  return withTenantSql({ read: ids, write: null }, (sql) => find(sql, ids));
}
