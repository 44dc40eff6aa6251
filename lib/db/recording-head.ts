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
  if (!row) throw new Error(noHead);
  remember(sql, tenantId);
  return row.seq;
}

const noHead = "There is no such tenant, or it has no recording head.";

/** Which heads each transaction was shown. Whose rows it may see stays the same until it ends. */
const shown = new WeakMap<SqlTransaction, Set<string>>();

function remember(sql: SqlTransaction, tenantId: string): void {
  const heads = shown.get(sql) ?? new Set();
  shown.set(sql, heads.add(tenantId));
}

/** The head of a tenant that this transaction may see: an insert beside one that it may not (`besideHead`) would add nothing and not say so. */
export type VisibleHead = { readonly tenantId: string };

/** Read by every insert of one tenant's rows. Nothing is asked where the transaction holds the tenant's lock. */
export async function visibleHead(sql: SqlTransaction, tenantId: string): Promise<VisibleHead> {
  if (!shown.get(sql)?.has(tenantId)) {
    const rows = await sql.query("SELECT 1 FROM recording_head WHERE tenant_id = $1::uuid", [tenantId]);
    if (rows.length === 0) throw new Error(noHead);
    remember(sql, tenantId);
  }
  return { tenantId };
}

/** Read by lockRecording: the last number this recording gave. */
export async function moveHead(sql: SqlTransaction, tenantId: string, seq: number): Promise<void> {
  await sql.query("UPDATE recording_head SET seq = $2 WHERE tenant_id = $1", [tenantId, seq], "prepared");
}
