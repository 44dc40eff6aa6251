import { createHash } from "node:crypto";
import { expect } from "vitest";
import { decodeEntry, type Entry } from "../core/ledger/entries/entry.ts";
import { bytesOfRow } from "./ledger-bytes.ts";

type Query = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

export type RecomputedLog = {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly entries: readonly Entry[];
};

/**
 * Recomputes everything the store holds of a log's newest epoch, by other means than the product: no gap, no fork, each
 * row hashes to what it says, each batch's root and frontier and each tile is that of its leaves. Fails the test where not.
 * `query` sees the tenant.
 */
export async function recomputeLog(query: Query, tenantId: string): Promise<RecomputedLog> {
  const [log] = await query<{ epoch: number; origin: string }>(
    "SELECT epoch, origin FROM ledger_log WHERE tenant_id = $1 ORDER BY epoch DESC LIMIT 1",
    [tenantId],
  );
  if (!log) throw new Error("This log was never opened.");
  const key = [tenantId, log.epoch];
  const batches = await query<{
    first: string | null;
    end: string;
    root: Buffer;
    frontier: Buffer;
    at: Date;
  }>(
    `SELECT first_index AS first, end_index AS end, root, frontier, appended_at AS at FROM ledger_batch
      WHERE tenant_id = $1 AND epoch = $2 ORDER BY end_index`,
    key,
  );
  const rows = await query<{ index: string; batch: string; type: string; leaf: Buffer; at: Date }>(
    `SELECT index, batch_end AS batch, type, leaf_hash AS leaf, appended_at AS at FROM ledger_entry
      WHERE tenant_id = $1 AND epoch = $2 ORDER BY index`,
    key,
  );
  const stored = await query<{ index: string; at: Date; bytes: Buffer; bundled: number | null }>(
    `SELECT index, appended_at AS at, bytes, bundled FROM ledger_body WHERE tenant_id = $1 AND epoch = $2 ORDER BY index`,
    key,
  );
  const bodies = stored.flatMap(({ index, at, ...row }) =>
    bytesOfRow(row).map((bytes, i) => ({ index: String(Number(index) + i), at, bytes })),
  );
  expect(bodies.map(({ index }) => index)).toEqual(rows.map(({ index }) => index));
  expect(rows.map(({ index }) => Number(index))).toEqual(rows.map((_, i) => i));
  expect(Number(batches.at(-1)?.end)).toBe(rows.length);
  const entries = rows.map(({ type, at, leaf }, index) => {
    const body = bodies[index];
    if (!body || !leaf.equals(sha256(Buffer.of(0), body.bytes)))
      throw new Error(`Entry ${index} is not what was hashed.`);
    const entry = decodeEntry(body.bytes);
    const place = [log.origin, index, type, at.toISOString(), at.getTime()].join();
    expect([entry.log, entry.index, entry.type, entry.at, body.at.getTime()].join()).toBe(place);
    return entry;
  });
  const leaves = rows.map(({ leaf }) => leaf);
  const rootOf = subtrees(leaves);
  batches.forEach(({ first, end, root, frontier }, i) => {
    const size = Number(end);
    expect(first === null ? null : Number(first)).toBe(i === 0 ? null : Number(batches[i - 1]?.end));
    expect(root.equals(rootOf(0, size)), `root at ${size}`).toBe(true);
    expect(frontier.equals(Buffer.concat(perfect(size).map(([from, to]) => rootOf(from, to))))).toBe(true);
  });
  const ends = batches.map(({ end }) => Number(end));
  let batch = 1;
  for (const [index, row] of rows.entries()) {
    while (index >= (ends[batch] ?? Number.POSITIVE_INFINITY)) batch += 1;
    if (Number(row.batch) !== ends[batch])
      expect(Number(row.batch), `batch of entry ${index}`).toBe(ends[batch]);
  }
  await recomputeTiles(query, key, leaves, rootOf);
  return {
    origin: log.origin,
    size: rows.length,
    root: rootOf(0, rows.length).toString("base64"),
    entries,
  };
}

async function recomputeTiles(
  query: Query,
  key: readonly unknown[],
  leaves: readonly Buffer[],
  rootOf: (from: number, to: number) => Buffer,
): Promise<void> {
  const tiles = await query<{ level: number; n: string; hashes: Buffer; root: Buffer }>(
    `SELECT level, n, hashes, root FROM ledger_tile WHERE tenant_id = $1 AND epoch = $2 ORDER BY level, n`,
    key,
  );
  const expected: { level: number; n: string; hashes: Buffer; root: Buffer }[] = [];
  for (let level = 0, unit = 1; unit * 256 <= leaves.length; level++, unit *= 256)
    for (let n = 0; (n + 1) * 256 * unit <= leaves.length; n++) {
      const from = n * 256 * unit;
      const hashes = Array.from({ length: 256 }, (_, i) => rootOf(from + i * unit, from + (i + 1) * unit));
      expected.push({
        level,
        n: String(n),
        hashes: Buffer.concat(hashes),
        root: rootOf(from, from + 256 * unit),
      });
    }
  expect(tiles.map(({ level, n }) => `${level}/${n}`)).toEqual(
    expected.map(({ level, n }) => `${level}/${n}`),
  );
  for (const [i, tile] of tiles.entries())
    for (const part of ["hashes", "root"] as const)
      expect(expected[i]?.[part].equals(tile[part]), `${part} of tile ${tile.level}/${tile.n}`).toBe(true);
}

/** RFC 6962, 2.1, as it is written there; subtrees of whole powers of two are kept. */
function subtrees(leaves: readonly Buffer[]): (from: number, to: number) => Buffer {
  const kept = new Map<string, Buffer>();
  const rootOf = (from: number, to: number): Buffer => {
    const size = to - from;
    if (size === 0) return sha256();
    if (size === 1) return leaves[from] ?? sha256();
    const name = `${from}-${to}`;
    const known = kept.get(name);
    if (known) return known;
    const half = 2 ** (Math.ceil(Math.log2(size)) - 1);
    const root = sha256(Buffer.of(1), rootOf(from, from + half), rootOf(from + half, to));
    if (half * 2 === size) kept.set(name, root);
    return root;
  };
  return rootOf;
}

/** The perfect subtrees of a tree, largest first. */
function perfect(size: number): [number, number][] {
  const parts: [number, number][] = [];
  for (let from = 0; from < size; ) {
    const width = 2 ** Math.floor(Math.log2(size - from));
    parts.push([from, from + width]);
    from += width;
  }
  return parts;
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
