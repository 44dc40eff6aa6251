import { nodeCrypto } from "../../../services/ledger/node-crypto.ts";
import type { ReadTile } from "../proof.ts";
import { tileWidth } from "../tiles.ts";
import { subtreeRoot } from "../tree.ts";

/** The tiles over these leaves; asked for a hash that no such tree has, it throws. */
export function memoryTiles(leaves: readonly Uint8Array[]): ReadTile {
  const levels: (readonly Uint8Array[])[] = [leaves];
  for (let last = leaves; last.length >= tileWidth; ) {
    const whole = Math.floor(last.length / tileWidth);
    const below = last;
    last = Array.from({ length: whole }, (_, i) =>
      subtreeRoot(nodeCrypto, below.slice(i * tileWidth, (i + 1) * tileWidth)),
    );
    levels.push(last);
  }
  return ({ level, n, width }) => {
    const from = Number(n) * tileWidth;
    const hashes = (levels[level] ?? []).slice(from, from + width);
    if (width < 1 || hashes.length !== width)
      throw new RangeError(`No tile ${level}/${n} of width ${width}.`);
    return Buffer.concat(hashes);
  };
}
