import type { SqlTransaction } from "./with-tenant.ts";

/** Where the id of a row of a file stands. */
export type RowIdTable = "intake_key" | "corroboration" | "import_error";

/** The id of a row from before such ids were keyed, and the keyed one. */
export type RowIdChange = { readonly before: string; readonly later: string };

/** Read by keyRowIds: ids of rows from before they were keyed, so many of them. Their own index holds no others. */
export async function plainRowIds(
  sql: SqlTransaction,
  table: RowIdTable,
  tenantId: string,
  limit: number,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT DISTINCT client_id AS id FROM ${table}
      WHERE tenant_id = $1::uuid AND client_id ~ '^row:[0-9a-f]{32}:[0-9]+$' ORDER BY 1 LIMIT $2::int`,
    [tenantId, limit],
  );
  return rows.map(({ id }) => id);
}

/** Read by acceptCalls, joinReports and listImportErrors: gives rows their keyed ids, where they stand there under a plain one. */
export async function keyRowIds(
  sql: SqlTransaction,
  table: RowIdTable,
  tenantId: string,
  ids: readonly RowIdChange[],
): Promise<void> {
  await sql.query(
    `UPDATE ${table} SET client_id = given.later
       FROM (SELECT * FROM unnest($2::text[], $3::text[]) AS ids (before, later)) given
      WHERE ${table}.tenant_id = $1::uuid AND ${table}.client_id = given.before`,
    [tenantId, ids.map(({ before }) => before), ids.map(({ later }) => later)],
  );
}
