import type { SqlTransaction } from "./with-tenant.ts";

/** Where a log stands: its open epoch, the size and frontier of its tree, and the leaves of its last, unfinished tile. */
export type LedgerHead = {
  readonly epoch: number;
  readonly origin: string;
  readonly size: number;
  /** Roots of the perfect subtrees, 32 bytes each, largest first. */
  readonly frontier: Uint8Array;
  /** Leaf hashes since the last whole tile, 32 bytes each; null where the next entries do not fill it. */
  readonly tileLeaves: Uint8Array | null;
};

/**
 * Read by appendEntries, which holds the log's lock: the head of the newest epoch, before `coming` more entries. null:
 * this log was never opened.
 */
export async function readLedgerHead(
  sql: SqlTransaction,
  tenantId: string,
  coming: number,
): Promise<LedgerHead | null> {
  const [row] = await sql.query<Omit<LedgerHead, "size"> & { size: number | bigint }>(
    `SELECT log.epoch, log.origin, head.size, head.frontier,
            CASE WHEN head.size / 256 < (head.size + $2::int) / 256 THEN
              (SELECT coalesce(string_agg(leaf_hash, ''::bytea ORDER BY index), ''::bytea) FROM ledger_entry
                WHERE tenant_id = $1::uuid AND epoch = log.epoch AND index >= head.size - head.size % 256)
            END AS "tileLeaves"
       FROM (SELECT epoch, origin FROM ledger_log WHERE tenant_id = $1::uuid ORDER BY epoch DESC LIMIT 1) AS log
      CROSS JOIN LATERAL (SELECT end_index AS size, frontier FROM ledger_batch
                           WHERE tenant_id = $1::uuid AND epoch = log.epoch ORDER BY end_index DESC LIMIT 1) AS head`,
    [tenantId, coming],
    "prepared",
  );
  return row ? { ...row, size: Number(row.size) } : null;
}

/** Read by readLedgerHead: a log and its first batch, which is empty. */
export async function insertLedgerLog(
  sql: SqlTransaction,
  log: {
    readonly tenantId: string;
    readonly epoch: number;
    readonly origin: string;
    readonly root: Uint8Array;
    readonly openedAt: Date;
  },
): Promise<void> {
  const { tenantId, epoch, origin, root, openedAt } = log;
  await sql.query(
    `INSERT INTO ledger_log (tenant_id, epoch, origin, opened_at) VALUES ($1::uuid, $2::int, $3, $4::timestamptz)`,
    [tenantId, epoch, origin, openedAt],
  );
  await sql.query(
    `INSERT INTO ledger_batch (tenant_id, epoch, first_index, end_index, root, frontier, appended_at)
     VALUES ($1::uuid, $2::int, NULL, 0, $3::bytea, ''::bytea, $4::timestamptz)`,
    [tenantId, epoch, root, openedAt],
  );
}
