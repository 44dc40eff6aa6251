import { tileWidth } from "../core/ledger/tiles.ts";
import { subtreeRoot } from "../core/ledger/tree.ts";
import type { Differences } from "../services/ledger/differences.ts";
import { splitHashes } from "../services/ledger/frontier-bytes.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import type { LogKey, SignerStore } from "../services/ledger/signer-store.ts";

/** Is fed every leaf of a log in order, and holds every whole tile of every level against them. */
export type TileChecker = { feed(leaf: Uint8Array | null): Promise<void> };

/** Null: this leaf is lost; its tile is taken at its word there, and said to be so where the loss is reported. */
export function checkTiles(store: SignerStore, log: LogKey, found: Differences): TileChecker {
  const levels: { hashes: (Uint8Array | null)[]; n: number }[] = [];
  const feed = async (level: number, hash: Uint8Array | null): Promise<void> => {
    levels[level] ??= { hashes: [], n: 0 };
    const filling = levels[level];
    filling.hashes.push(hash);
    if (filling.hashes.length < tileWidth) return;
    const root = await checkTile(store, log, { level, n: filling.n, hashes: filling.hashes }, found);
    filling.hashes = [];
    filling.n += 1;
    await feed(level + 1, root);
  };
  return { feed: (leaf) => feed(0, leaf) };
}

type WholeTile = {
  readonly level: number;
  readonly n: number;
  readonly hashes: readonly (Uint8Array | null)[];
};

async function checkTile(
  store: SignerStore,
  log: LogKey,
  { level, n, hashes }: WholeTile,
  found: Differences,
): Promise<Uint8Array | null> {
  const stored = await store.tile(log, level, n);
  const leaves = tileWidth ** level;
  const first = n * tileWidth * leaves;
  const name = `Tile ${level}/${n} (entries ${first} to ${first + tileWidth * leaves - 1})`;
  const whole = hashes.every((hash) => hash !== null);
  const root = whole ? subtreeRoot(nodeCrypto, hashes as Uint8Array[]) : null;
  if (!stored) {
    found.add(first, `${name} is missing: it was deleted.`);
    return root;
  }
  const there = splitHashes(stored.hashes);
  for (const [i, hash] of hashes.entries()) {
    if (hash === null || Buffer.from(hash).equals(there[i] ?? Buffer.alloc(0))) continue;
    const at = first + i * leaves;
    found.add(
      at,
      `${name} holds another hash for ${level === 0 ? `entry ${at}` : `the entries from ${at} on`}: it was changed.`,
    );
  }
  if (!stored.root.equals(subtreeRoot(nodeCrypto, there)))
    found.add(
      first,
      `The root stored beside tile ${level}/${n} is not the root of its hashes: it was changed.`,
    );
  return root ?? stored.root;
}
