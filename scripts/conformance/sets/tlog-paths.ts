import { type TileAddress, tilePath, tileWidth } from "../../../lib/core/ledger/tiles.ts";
import { readVectors } from "../read-vectors.ts";
import type { VectorSet } from "../vector-set.ts";

type Vectors = {
  readonly goTilePaths: {
    readonly valid: readonly [string, { H: number; L: number; N: number; W: number }][];
    readonly invalid: readonly string[];
  };
  readonly c2spIndexEncoding: readonly [number, string][];
  readonly c2spPartialWidths: readonly ({ readonly size: number } & {
    readonly [level: `level${number}`]: { readonly full: number; readonly partial: number };
  })[];
  readonly newTilesForSizeH10: readonly unknown[];
};

const otherHeight =
  "not built: our tiles have height 8 alone, as C2SP has it; Go's paths carry another height";

export const tlogPathSet: VectorSet = {
  name: "Tile paths and widths",
  source: "C2SP tlog-tiles, golang/mod sumdb/tlog, transcribed",
  folder: "transcribed/tlog-paths-and-trees.json",
  run: (file, tally) => {
    const { goTilePaths, c2spIndexEncoding, c2spPartialWidths, newTilesForSizeH10 } =
      readVectors<Vectors>(file);
    for (const [n, text] of c2spIndexEncoding)
      tally.same(`index ${n}`, tilePath({ level: 0, n: BigInt(n), width: tileWidth }), `tile/0/${text}`);
    for (const widths of c2spPartialWidths)
      for (const [name, wanted] of Object.entries(widths).filter(([name]) => name.startsWith("level")))
        tally.same(
          `${name} of ${widths.size} leaves`,
          tilesOfLevel(widths.size, Number(name.slice(5))),
          wanted,
        );
    // Go's path less its height is C2SP's, but for the width that a full tile has.
    for (const [text, { H, L, N, W }] of goTilePaths.valid) {
      if (L < 0) continue;
      const address: TileAddress = { level: L, n: BigInt(N), width: W === 2 ** H ? tileWidth : W };
      tally.same(`${text} without its height`, tilePath(address), text.replace(`tile/${H}/`, "tile/"));
    }
    const dataPaths = goTilePaths.valid.filter(([, { L }]) => L < 0).length;
    tally.skip("paths of Go's data tiles", dataPaths, "C2SP has entry bundles in their place");
    tally.skip("paths to be refused", goTilePaths.invalid.length, "we write paths and read none");
    tally.skip("new tiles by size at height 10", newTilesForSizeH10.length, otherHeight);
    tally.skip("Go's tree note", 1, "another document: its origin has spaces, which ours may not have");
  },
};

function tilesOfLevel(size: number, level: number) {
  const hashes = Math.floor(size / tileWidth ** level);
  return { full: Math.floor(hashes / tileWidth), partial: hashes % tileWidth };
}
