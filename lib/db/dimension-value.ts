import { besideHead } from "./batch-insert.ts";
import { visibleHead } from "./recording-head.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type CappedDimension = "host" | "model";

/** Read by capDimension: which of these values are kept by name, and how many are. */
export async function keptValues(
  sql: SqlTransaction,
  tenantId: string,
  dimension: CappedDimension,
  values: readonly string[],
): Promise<{ kept: string[]; total: number }> {
  const [row] = await sql.query<{ kept: string[]; total: number }>(
    `SELECT coalesce(array_agg(value) FILTER (WHERE value = ANY($3::text[])), '{}') AS kept, count(*)::int AS total
       FROM dimension_value WHERE tenant_id = $1 AND dimension = $2`,
    [tenantId, dimension, values],
  );
  return row ?? { kept: [], total: 0 };
}

/** Read by keptValues: values that are kept by name from now on. */
export async function keepValues(
  sql: SqlTransaction,
  tenantId: string,
  dimension: CappedDimension,
  values: readonly string[],
): Promise<void> {
  const head = await visibleHead(sql, tenantId);
  await sql.query(
    `INSERT INTO dimension_value (tenant_id, dimension, value)
     SELECT head.tenant_id, $2, value FROM ${besideHead(head, "unnest($3::text[]) AS given (value)")} WHERE head.tenant_id = $1::uuid`,
    [tenantId, dimension, values],
  );
}
