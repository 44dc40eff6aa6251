import type { SqlTransaction } from "./with-tenant.ts";

/**
 * Read by everybody who appends to a log: the tenant's lock, held until the transaction ends, and the last number given.
 * The deployment's own log has a head, too.
 */
export async function lockRecording(sql: SqlTransaction, tenantId: string): Promise<number> {
  const [row] = await sql.query<{ seq: number }>(
    "SELECT seq FROM recording_head WHERE tenant_id = $1::uuid FOR UPDATE",
    [tenantId],
    "prepared",
  );
  if (!row) throw new Error("There is no such tenant, or it has no recording head.");
  return row.seq;
}

/** Read by lockRecording: the last number this recording gave. */
export async function moveHead(sql: SqlTransaction, tenantId: string, seq: number): Promise<void> {
  await sql.query("UPDATE recording_head SET seq = $2 WHERE tenant_id = $1", [tenantId, seq], "prepared");
}
