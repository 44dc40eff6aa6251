import {
  consistencyRanges,
  inclusionRanges,
  type LeafRange,
  type PerfectSubtree,
  subtreesOf,
} from "./proof-ranges.ts";

/** Hashes of a whole tile. A tile of level L holds the hashes of subtrees with 256^L leaves. */
export const tileWidth = 256;

/** One tile of a tree; narrower than 256 at the right edge. C2SP tlog-tiles. */
export type TileAddress = { readonly level: number; readonly n: bigint; readonly width: number };

/** The tiles that an inclusion proof reads, each once. */
export const inclusionTiles = (index: bigint, size: bigint): TileAddress[] =>
  tilesOf(inclusionRanges(index, size), size);

/** The tiles that a consistency proof reads, each once. */
export const consistencyTiles = (oldSize: bigint, size: bigint): TileAddress[] =>
  tilesOf(consistencyRanges(oldSize, size), size);

/** Path of a tile, C2SP tlog-tiles: `tile/0/x001/x234/067`, `tile/1/000.p/17`. */
export function tilePath({ level, n, width }: TileAddress): string {
  const groups = [String(n % 1000n).padStart(3, "0")];
  for (let rest = n / 1000n; rest > 0n; rest /= 1000n)
    groups.unshift(`x${String(rest % 1000n).padStart(3, "0")}`);
  return `tile/${level}/${groups.join("/")}${width < tileWidth ? `.p/${width}` : ""}`;
}

/** Where in which tile the hashes of a perfect subtree stand: `count` of them from `first` on. */
export function placeInTile(
  { height, from }: PerfectSubtree,
  size: bigint,
): { readonly tile: TileAddress; readonly first: number; readonly count: number } {
  const level = Math.floor(height / tileHeight);
  const at = from >> BigInt(level * tileHeight);
  const n = at / wide;
  const held = (size >> BigInt(level * tileHeight)) - n * wide;
  return {
    tile: { level, n, width: held < wide ? Number(held) : tileWidth },
    first: Number(at % wide),
    count: 2 ** (height % tileHeight),
  };
}

const tileHeight = 8;
const wide = BigInt(tileWidth);

function tilesOf(ranges: readonly LeafRange[], size: bigint): TileAddress[] {
  const tiles = new Map<string, TileAddress>();
  for (const subtree of ranges.flatMap(subtreesOf)) {
    const { tile } = placeInTile(subtree, size);
    tiles.set(tilePath(tile), tile);
  }
  return [...tiles.values()];
}
