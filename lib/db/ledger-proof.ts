import { type BodyRow, bundleMost, entriesOfBody } from "./entry-bundle.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** One epoch of one log. */
export type LedgerEpochKey = { readonly tenantId: string; readonly epoch: number };

export type SignedSize = { readonly size: number; readonly signedAt: Date; readonly note: string };

/** Read by proveEntry: the newest checkpoint of an epoch, of a size up to `sizeMax`; null: of any size. */
export async function newestCheckpoint(
  sql: SqlTransaction,
  { tenantId, epoch }: LedgerEpochKey,
  sizeMax: number | null,
): Promise<SignedSize | null> {
  const [row] = await sql.query<SignedSize>(
    `SELECT size, signed_at AS "signedAt", note FROM ledger_checkpoint
      WHERE tenant_id = $1 AND epoch = $2 AND ($3::bigint IS NULL OR size <= $3::bigint)
      ORDER BY size DESC, signed_at DESC LIMIT 1`,
    [tenantId, epoch, sizeMax],
  );
  return row ?? null;
}

/** Read by proveConsistency, and by proveEntry where an epoch was sealed: the first checkpoint of a size. */
export async function checkpointOf(
  sql: SqlTransaction,
  { tenantId, epoch }: LedgerEpochKey,
  size: number,
): Promise<SignedSize | null> {
  const [row] = await sql.query<SignedSize>(
    `SELECT size, signed_at AS "signedAt", note FROM ledger_checkpoint
      WHERE tenant_id = $1 AND epoch = $2 AND size = $3 ORDER BY signed_at LIMIT 1`,
    [tenantId, epoch, size],
  );
  return row ?? null;
}

/** Read by proveEntry: the bytes that were hashed; null where they expired; none where they cannot be read. */
export async function findEntryBytes(
  sql: SqlTransaction,
  log: LedgerEpochKey,
  index: number,
): Promise<Uint8Array | null> {
  const row = await bodyWith(sql, log, index);
  return row ? (entriesOfBody(row)[index - row.index] ?? null) : null;
}

/**
 * Read by eraseApproved: the same for several, in ascending order; a bundle is read once. Those that expired are left out,
 * and one without a byte lies in a bundle that cannot be read.
 */
export async function* readEntries(
  sql: SqlTransaction,
  log: LedgerEpochKey,
  indexes: readonly number[],
): AsyncGenerator<{ readonly index: number; readonly bytes: Uint8Array }> {
  let first = 0;
  let unpacked: readonly Uint8Array[] = [];
  for (const index of indexes) {
    if (unpacked[index - first] === undefined) {
      const row = await bodyWith(sql, log, index);
      first = row?.index ?? 0;
      unpacked = row ? entriesOfBody(row) : [];
    }
    const bytes = unpacked[index - first];
    if (bytes !== undefined) yield { index, bytes };
  }
}

/**
 * The row that holds an entry. Bounds are parameters: row security keeps what is computed of a column out of the index, and
 * all rows of the month would be read.
 */
async function bodyWith(
  sql: SqlTransaction,
  { tenantId, epoch }: LedgerEpochKey,
  index: number,
): Promise<BodyRow | null> {
  const [row] = await sql.query<BodyRow>(
    `SELECT b.index, b.bundled, b.bytes FROM ledger_entry e
       JOIN ledger_body b ON b.tenant_id = $1 AND b.epoch = $2 AND b.appended_at = e.appended_at
        AND b.index > $3::bigint - ${bundleMost} AND b.index <= $3::bigint AND b.index + greatest(b.bundled, 1) > $3::bigint
      WHERE e.tenant_id = $1 AND e.epoch = $2 AND e.index = $3::bigint`,
    [tenantId, epoch, index],
  );
  return row ?? null;
}

/** A tile of a tree: `width` hashes of a level from `n` times 256 on. */
export type TilePlace = { readonly level: number; readonly n: number; readonly width: number };

/**
 * Read by proofs: the hashes of tiles, in their order, end to end; null where the store does not hold one. A tile that is
 * not whole is made of what is below it: leaf hashes, or the roots of whole tiles.
 */
export async function readTiles(
  sql: SqlTransaction,
  { tenantId, epoch }: LedgerEpochKey,
  places: readonly TilePlace[],
): Promise<(Uint8Array | null)[]> {
  const rows = await sql.query<{ hashes: Uint8Array | null }>(
    `SELECT CASE
              WHEN wanted.width = 256 THEN
                (SELECT hashes FROM ledger_tile t
                  WHERE t.tenant_id = $1 AND t.epoch = $2 AND t.level = wanted.level AND t.n = wanted.n)
              WHEN wanted.level = 0 THEN
                (SELECT string_agg(leaf_hash, ''::bytea ORDER BY index) FROM ledger_entry e
                  WHERE e.tenant_id = $1 AND e.epoch = $2
                    AND e.index >= wanted.n * 256 AND e.index < wanted.n * 256 + wanted.width)
              ELSE
                (SELECT string_agg(root, ''::bytea ORDER BY n) FROM ledger_tile t
                  WHERE t.tenant_id = $1 AND t.epoch = $2 AND t.level = wanted.level - 1
                    AND t.n >= wanted.n * 256 AND t.n < wanted.n * 256 + wanted.width)
            END AS hashes
       FROM unnest($3::int[], $4::bigint[], $5::int[]) WITH ORDINALITY AS wanted (level, n, width, place)
      ORDER BY wanted.place`,
    [
      tenantId,
      epoch,
      places.map(({ level }) => level),
      places.map(({ n }) => n),
      places.map(({ width }) => width),
    ],
  );
  return rows.map(({ hashes }, i) => (hashes?.length === (places[i]?.width ?? 0) * 32 ? hashes : null));
}
