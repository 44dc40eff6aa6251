import { keyRowIds as keyIn, plainRowIds, type RowIdTable } from "../../db/row-id.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { keyedRowId } from "./row-id.ts";

/** Of one tenant and table in one transaction. */
const stepIds = 2_000;
const tables: readonly RowIdTable[] = ["intake_key", "corroboration", "import_error"];

/**
 * Keys the ids of rows that were imported while such an id was a plain hash: what is left of a person who was erased must not
 * tell whoever tries names. The same file again is known as before. Safe to repeat, and to stop at any time. Answers how many it keyed.
 */
export async function keyRowIds(): Promise<number> {
  let keyed = 0;
  await forEachTenant(await allTenantIds(), async (tenantId) => {
    for (const table of tables)
      for (let step = stepIds; step === stepIds; keyed += step)
        step = await withTenantSql(tenantScope(tenantId), async (sql) => {
          const ids = (await plainRowIds(sql, table, tenantId, stepIds)).map((before) => ({
            before,
            later: keyedRowId(tenantId, before) ?? before,
          }));
          if (ids.length > 0) await keyIn(sql, table, tenantId, ids);
          return ids.length;
        });
  });
  return keyed;
}
