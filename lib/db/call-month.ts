import { querySql, type SqlTransaction } from "./with-tenant.ts";

/** `call`: calls and attempts, by the start of the call. `ledger`: bodies and openings, by when they were appended. */
export type MonthKind = "call" | "ledger";

/** Read by everybody who records: makes the monthly partitions that hold `[from, until)` where they are missing. */
export async function createMonths(from: Date, until: Date): Promise<number> {
  const [row] = await querySql<{ made: number }>("SELECT create_call_months($1, $2) AS made", [from, until]);
  return row?.made ?? 0;
}

/** Read by prepareMonths: rows that lie in no month, where none should; at most a thousand of each table are counted. */
export async function countRowsWithoutMonth(): Promise<number> {
  const [row] = await querySql<{ rows: number }>("SELECT rows_without_month() AS rows");
  return row?.rows ?? 0;
}

/** Read by retention: every month that has a table, oldest first. */
export async function listMonths(kind: MonthKind): Promise<Date[]> {
  const rows = await querySql<{ month: Date }>("SELECT month FROM list_months($1)", [kind]);
  return rows.map(({ month }) => month);
}

/** Read by retention: which tenants have rows in a month; the nil UUID for the deployment's own log. */
export async function tenantsOfMonth(kind: MonthKind, month: Date): Promise<string[]> {
  const [row] = await querySql<{ tenants: string[] }>("SELECT tenants_of_month($1, $2) AS tenants", [
    kind,
    month,
  ]);
  return row?.tenants ?? [];
}

/**
 * Read by retention: drops a month when everybody who has rows there is among `expiredTenantIds` and all of them are
 * recorded as pruned; `kept` where other rows are in it, or a hold is in place. Throws 55P03 (lock_not_available) where readers held it for three seconds: ask again later.
 */
export async function dropMonth(
  kind: MonthKind,
  month: Date,
  expiredTenantIds: readonly string[],
): Promise<"dropped" | "kept" | "absent"> {
  const [row] = await querySql<{ outcome: "dropped" | "kept" | "absent" }>(
    "SELECT drop_month($1, $2, $3::uuid[]) AS outcome",
    [kind, month, expiredTenantIds],
  );
  if (!row) throw new Error("A month gave no answer.");
  return row.outcome;
}

/** Read by windowOf: calls that began before this moment were deleted in one of these tenants; null: in none. */
export async function callsDeletedBefore(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<Date | null> {
  const [row] = await sql.query<{ before: Date | null }>(
    `SELECT max(deleted_before) AS before FROM retention_mark WHERE kind = 'call' AND tenant_id = ANY($1::uuid[])`,
    [tenantIds],
  );
  return row?.before ?? null;
}

/** Read by listCalls and exportCalls: of each tenant that lost rows to retention, the moment before which they are gone. */
export async function deletedBefore(
  sql: SqlTransaction,
  kind: MonthKind,
  tenantIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await sql.query<{ tenantId: string; before: Date }>(
    `SELECT tenant_id AS "tenantId", deleted_before AS before FROM retention_mark
      WHERE kind = $1 AND tenant_id = ANY($2::uuid[])`,
    [kind, tenantIds],
  );
  return new Map(rows.map(({ tenantId, before }) => [tenantId, before]));
}
