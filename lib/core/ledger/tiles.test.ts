import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { inclusionProof } from "./proof.ts";
import { memoryTiles } from "./testing/memory-tiles.ts";
import { inclusionTiles, placeInTile, tilePath } from "./tiles.ts";
import { leafHash } from "./tree.ts";

describe("a tile's path is C2SP's", () => {
  it.each([
    [{ level: 0, n: 0n, width: 256 }, "tile/0/000"],
    [{ level: 0, n: 1234067n, width: 256 }, "tile/0/x001/x234/067"],
    [{ level: 5, n: 123456078n, width: 2 }, "tile/5/x123/x456/078.p/2"],
    [{ level: 1, n: 1000n, width: 17 }, "tile/1/x001/000.p/17"],
    [{ level: 0, n: 2n ** 53n + 1n, width: 256 }, "tile/0/x009/x007/x199/x254/x740/993"],
  ])("%o", (address, path) => {
    expect(tilePath(address)).toBe(path);
  });
});

describe("at the right edge a tile is as wide as the tree fills it: 70,000 leaves", () => {
  it.each([
    [0, 272n, 256],
    [0, 273n, 112],
    [1, 0n, 256],
    [1, 1n, 17],
    [2, 0n, 1],
  ])("level %i, tile %i: %i hashes", (level, n, width) => {
    const from = (n * 256n) << BigInt(8 * level);
    expect(placeInTile({ height: 8 * level, from }, 70_000n).tile).toEqual({ level, n, width });
  });
});

describe("a proof reads few tiles", () => {
  it("one per level and side, however large the tree", () => {
    expect(inclusionTiles(123_456_789n, 1_000_000_000n).length).toBeLessThanOrEqual(8);
    expect(inclusionTiles(0n, 1n)).toEqual([]);
  });

  it("each once", () => {
    const paths = inclusionTiles(69_999n, 70_000n).map(tilePath);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("and refuses a tile of another length than its width says", () => {
    const leaves = Array.from({ length: 5 }, (_, i) => leafHash(nodeCrypto, Buffer.of(i)));
    const readTile = memoryTiles(leaves);
    expect(() => inclusionProof(nodeCrypto, 0n, 5n, (tile) => readTile(tile).subarray(1))).toThrow(
      RangeError,
    );
  });
});
