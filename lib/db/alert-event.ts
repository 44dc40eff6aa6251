import { type SqlTransaction, withTenantSql } from "./with-tenant.ts";

export type AlertEventRow = {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly severity: string;
  readonly happenedAt: string;
  readonly noticedAt: Date;
  readonly facts: object;
  readonly count: number;
};

/**
 * Read by watchAlerts, and locked by it: how far a tenant was looked through. One that nobody looked through begins at `since`. Whoever
 * comes second waits, and then sees what the first one noticed.
 */
export async function lockAlertWatch(sql: SqlTransaction, tenantId: string, since: Date): Promise<Date> {
  await sql.query(
    "INSERT INTO alert_watch (tenant_id, seen_to) VALUES ($1, $2) ON CONFLICT (tenant_id) DO NOTHING",
    [tenantId, since],
  );
  const [row] = await sql.query<{ seenTo: Date }>(
    `SELECT seen_to AS "seenTo" FROM alert_watch WHERE tenant_id = $1 FOR UPDATE`,
    [tenantId],
  );
  return row?.seenTo ?? since;
}

/** Read by lockAlertWatch. */
export async function moveAlertWatch(sql: SqlTransaction, tenantId: string, seenTo: Date): Promise<void> {
  await sql.query("UPDATE alert_watch SET seen_to = $2 WHERE tenant_id = $1", [tenantId, seenTo]);
}

/** Read by getAlerts: until when a tenant was looked through; null: never. */
export async function watchedTo(tenantId: string): Promise<Date | null> {
  const [row] = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
    sql.query<{ seenTo: Date }>(`SELECT seen_to AS "seenTo" FROM alert_watch WHERE tenant_id = $1`, [
      tenantId,
    ]),
  );
  return row?.seenTo ?? null;
}

/** Read by watchAlerts: what was noticed since a moment. */
export async function keysNoticedSince(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
): Promise<string[]> {
  const rows = await sql.query<{ key: string }>(
    "SELECT key FROM alert_event WHERE tenant_id = $1 AND noticed_at >= $2",
    [tenantId, since],
  );
  return rows.map(({ key }) => key);
}

/** Read by watchAlerts: those of these keys that were noticed already. */
export async function keysKnown(
  sql: SqlTransaction,
  tenantId: string,
  keys: readonly string[],
): Promise<Set<string>> {
  const rows = await sql.query<{ key: string }>(
    "SELECT key FROM alert_event WHERE tenant_id = $1 AND key = ANY($2::text[])",
    [tenantId, keys],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Read by deliverAlerts and listDeliveries. `gatheredInto`: the event by which it is told. */
export async function insertAlertEvents(
  sql: SqlTransaction,
  tenantId: string,
  rows: readonly (AlertEventRow & { readonly gatheredInto: string | null })[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO alert_event (tenant_id, id, key, kind, severity, happened_at, noticed_at, facts, count, gathered_into)
     SELECT $1::uuid, b.id, b.key, b.kind, b.severity, b.happened_at, b.noticed_at, b.facts, b.count, b.gathered_into
       FROM jsonb_to_recordset($2::jsonb) AS b(id uuid, key text, kind text, severity text, happened_at timestamptz,
         noticed_at timestamptz, facts jsonb, count int, gathered_into uuid)`,
    [
      tenantId,
      JSON.stringify(
        rows.map(({ happenedAt, noticedAt, gatheredInto, ...row }) => ({
          ...row,
          happened_at: happenedAt,
          noticed_at: noticedAt,
          gathered_into: gatheredInto,
        })),
      ),
    ],
  );
}

/** Read by nobody: events that were noticed before a moment, with what was sent of them. Answers how many events. */
export async function deleteAlertsBefore(
  sql: SqlTransaction,
  tenantId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const over = `SELECT e.id FROM alert_event e WHERE e.tenant_id = $1 AND e.noticed_at < $2
      AND NOT EXISTS (SELECT FROM alert_delivery d WHERE d.tenant_id = $1 AND d.event_id = e.id AND d.next_attempt_at IS NOT NULL)
      ORDER BY e.noticed_at, e.id LIMIT $3`;
  const rows = await sql.query<{ id: string }>(over, [tenantId, before, limit]);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await sql.query("DELETE FROM alert_delivery WHERE tenant_id = $1 AND event_id = ANY($2::uuid[])", [
    tenantId,
    ids,
  ]);
  await sql.query("DELETE FROM alert_event WHERE tenant_id = $1 AND id = ANY($2::uuid[])", [tenantId, ids]);
  return ids.length;
}
