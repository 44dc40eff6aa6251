import { subtreeRoot } from "../../core/ledger/tree.ts";
import type { LedgerTileRow } from "../../db/ledger-batch.ts";
import type { LedgerHead } from "../../db/ledger-log.ts";
import { readTileRoots } from "../../db/ledger-tile.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { splitHashes } from "./frontier-bytes.ts";
import { nodeCrypto } from "./node-crypto.ts";

const width = 256;

/** The tiles that become whole with these leaves, at every level: 256 of one make one hash of the next. */
export async function cutTiles(
  sql: SqlTransaction,
  tenantId: string,
  head: LedgerHead,
  leaves: readonly Uint8Array[],
): Promise<LedgerTileRow[]> {
  const tiles: LedgerTileRow[] = [];
  let size = head.size;
  let coming = leaves;
  for (let level = 0; fills(size, coming.length); level++) {
    const before =
      level === 0
        ? head.tileLeaves
        : await readTileRoots(sql, {
            tenantId,
            epoch: head.epoch,
            level: level - 1,
            from: size - (size % width),
          });
    if (before?.length !== (size % width) * 32)
      throw new Error(`The last tile of level ${level} of this log does not hold what its size says.`);
    const cut = cutLevel(level, Math.floor(size / width), [...splitHashes(before), ...coming]);
    tiles.push(...cut);
    size = Math.floor(size / width);
    coming = cut.map(({ root }) => root);
  }
  return tiles;
}

const fills = (size: number, coming: number): boolean =>
  Math.floor(size / width) < Math.floor((size + coming) / width);

function cutLevel(level: number, firstTile: number, hashes: readonly Uint8Array[]): LedgerTileRow[] {
  return Array.from({ length: Math.floor(hashes.length / width) }, (_, i) => {
    const whole = hashes.slice(i * width, (i + 1) * width);
    return { level, n: firstTile + i, hashes: Buffer.concat(whole), root: subtreeRoot(nodeCrypto, whole) };
  });
}
