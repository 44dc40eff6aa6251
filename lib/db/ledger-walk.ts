import { type BodyRow, entriesWithin, reaching } from "./entry-bundle.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** One epoch of one log. */
export type LogKey = { readonly tenantId: string; readonly epoch: number };

/** A stored log as a whole: the head of its chain of batches, and its newest checkpoint. Null: it has none. */
export type StoredLog = LogKey & {
  readonly origin: string;
  readonly openedAt: Date;
  readonly size: number | null;
  readonly root: Buffer | null;
  readonly checkpointSize: number | null;
  readonly checkpointAt: Date | null;
  readonly checkpointRoot: Buffer | null;
};

/** Read by the signer's pass and by fsck: every log and epoch, or those of one tenant. One statement, so one moment. */
export async function listStoredLogs(sql: SqlTransaction, tenantId: string | null): Promise<StoredLog[]> {
  return sql.query<StoredLog>(
    `SELECT l.tenant_id AS "tenantId", l.epoch, l.origin, l.opened_at AS "openedAt", b.end_index AS size, b.root,
            c.size AS "checkpointSize", c.signed_at AS "checkpointAt", c.root AS "checkpointRoot"
       FROM ledger_log l
       LEFT JOIN LATERAL (SELECT end_index, root FROM ledger_batch
                           WHERE tenant_id = l.tenant_id AND epoch = l.epoch ORDER BY end_index DESC LIMIT 1) b ON true
       LEFT JOIN LATERAL (SELECT size, signed_at, root FROM ledger_checkpoint
                           WHERE tenant_id = l.tenant_id AND epoch = l.epoch ORDER BY size DESC, signed_at DESC LIMIT 1) c ON true
      WHERE $1::uuid IS NULL OR l.tenant_id = $1::uuid
      ORDER BY l.tenant_id, l.epoch`,
    [tenantId],
  );
}

export type StoredEntry = {
  readonly index: number;
  readonly batchEnd: number;
  readonly type: string;
  readonly leafHash: Buffer;
  readonly appendedAt: Date;
};

/** Read by the signer's pass and by fsck: the entries of [from, to). */
export async function storedEntries(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  from: number,
  to: number,
): Promise<StoredEntry[]> {
  return sql.query<StoredEntry>(
    `SELECT index, batch_end AS "batchEnd", type, leaf_hash AS "leafHash", appended_at AS "appendedAt" FROM ledger_entry
      WHERE tenant_id = $1 AND epoch = $2 AND index >= $3 AND index < $4 ORDER BY index`,
    [tenantId, epoch, from, to],
  );
}

export type StoredBody = { readonly index: number; readonly appendedAt: Date; readonly bytes: Uint8Array };

/**
 * Read by the signer's pass and by fsck: the bytes of [from, to), in order of index and time. Nothing but keys keeps an
 * index from coming twice.
 */
export async function storedBodies(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  from: number,
  to: number,
): Promise<StoredBody[]> {
  const rows = await sql.query<BodyRow & { readonly appendedAt: Date }>(
    `SELECT index, appended_at AS "appendedAt", bytes, bundled FROM ledger_body
      WHERE tenant_id = $1 AND epoch = $2 AND ${reaching("$3", "$4")} ORDER BY index, appended_at`,
    [tenantId, epoch, from, to],
  );
  const bodies = [...entriesWithin(rows, from, to)].map(
    ({ index, bytes, row: { appendedAt } }): StoredBody => ({ index, appendedAt, bytes }),
  );
  return bodies.sort((a, b) => a.index - b.index || a.appendedAt.getTime() - b.appendedAt.getTime());
}

export type StoredBatch = {
  readonly firstIndex: number | null;
  readonly endIndex: number;
  readonly root: Buffer;
  readonly frontier: Buffer;
};

/** Read by the signer's pass and by fsck: batches that end in [from, to], at most `limit`. */
export async function storedBatches(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  from: number,
  to: number,
  limit: number,
): Promise<StoredBatch[]> {
  return sql.query<StoredBatch>(
    `SELECT first_index AS "firstIndex", end_index AS "endIndex", root, frontier FROM ledger_batch
      WHERE tenant_id = $1 AND epoch = $2 AND end_index >= $3 AND end_index <= $4 ORDER BY end_index LIMIT $5`,
    [tenantId, epoch, from, to, limit],
  );
}

export type StoredTile = {
  readonly level: number;
  readonly n: number;
  readonly hashes: Buffer;
  readonly root: Buffer;
};

/** Read by fsck: one whole tile, or null. */
export async function storedTile(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  level: number,
  n: number,
): Promise<StoredTile | null> {
  const [row] = await sql.query<StoredTile>(
    "SELECT level, n, hashes, root FROM ledger_tile WHERE tenant_id = $1 AND epoch = $2 AND level = $3 AND n = $4",
    [tenantId, epoch, level, n],
  );
  return row ?? null;
}

export type StoredCheckpoint = {
  readonly size: number;
  readonly signedAt: Date;
  readonly root: Buffer;
  readonly note: string;
};

/** Read by fsck and when a log is sealed: checkpoints after a place, in order of size and time. */
export async function storedCheckpoints(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  after: { readonly size: number; readonly signedAt: Date } | null,
  limit: number,
): Promise<StoredCheckpoint[]> {
  return sql.query<StoredCheckpoint>(
    `SELECT size, signed_at AS "signedAt", root, note FROM ledger_checkpoint
      WHERE tenant_id = $1 AND epoch = $2 AND ($3::bigint IS NULL OR (size, signed_at) > ($3::bigint, $4::timestamptz))
      ORDER BY size, signed_at LIMIT $5`,
    [tenantId, epoch, after?.size ?? null, after?.signedAt ?? null, limit],
  );
}
