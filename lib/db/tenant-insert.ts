import { type BatchColumn, tenantBatchInsert } from "./batch-insert.ts";
import { visibleHead } from "./recording-head.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/**
 * Inserts rows of one tenant, whose id is the first column, in one statement; none: nothing is done. `onConflict` stands behind
 * it. Throws where the transaction may not see the tenant's head.
 */
export async function insertOfTenant<Row extends { readonly tenantId: string }>(
  sql: SqlTransaction,
  table: string,
  columns: readonly BatchColumn<Row>[],
  rows: readonly Row[],
  { onConflict = "", how }: { readonly onConflict?: string; readonly how?: "prepared" } = {},
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const head = await visibleHead(sql, first.tenantId);
  const { text, values } = tenantBatchInsert(head, table, columns, rows);
  await sql.query(`${text}${onConflict}`, values, how);
}
