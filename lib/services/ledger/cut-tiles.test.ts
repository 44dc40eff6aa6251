import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { LedgerTileRow } from "../../db/ledger-batch.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { cutTiles } from "./cut-tiles.ts";

const leaf = (i: number) => createHash("sha256").update(`leaf ${i}`).digest();
const node = (left: Buffer, right: Buffer) =>
  createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest();

/** Of 256 hashes, pair by pair. */
function rootOf(hashes: readonly Buffer[]): Buffer {
  const [only, ...more] = hashes;
  if (only && more.length === 0) return only;
  return rootOf(
    Array.from({ length: hashes.length / 2 }, (_, i) =>
      node(hashes[2 * i] as Buffer, hashes[2 * i + 1] as Buffer),
    ),
  );
}

/** A store that holds the tiles which were cut, and answers as the database does. */
function storeOf(tiles: readonly LedgerTileRow[]): SqlTransaction {
  return {
    query: async <Row>(_text: string, values: readonly unknown[] = []) => {
      const [, , level, from] = values as [string, number, number, number];
      const roots = tiles.filter((tile) => tile.level === level && tile.n >= from).map(({ root }) => root);
      return [{ roots: Buffer.concat(roots) }] as Row[];
    },
  };
}

describe("cutTiles", () => {
  it("cuts each tile once, when it becomes whole, at three levels and whatever the batches", async () => {
    const total = 65_536 + 700;
    const leaves = Array.from({ length: total }, (_, i) => leaf(i));
    const tiles: LedgerTileRow[] = [];
    // Batches that end before, at and behind the borders of both levels.
    const ends = [
      1,
      255,
      256,
      257,
      1_000,
      1_024,
      40_000,
      65_279,
      65_280,
      65_535,
      65_536,
      65_537,
      66_048,
      total,
    ];
    let size = 0;
    for (const end of ends) {
      const tileLeaves = Buffer.concat(leaves.slice(size - (size % 256), size));
      const head = { epoch: 1, origin: "x", size, frontier: new Uint8Array(), tileLeaves };
      tiles.push(...(await cutTiles(storeOf(tiles), "t", head, leaves.slice(size, end))));
      size = end;
    }
    const level0 = tiles.filter(({ level }) => level === 0);
    const level1 = tiles.filter(({ level }) => level === 1);
    expect(tiles.length).toBe(level0.length + level1.length);
    expect(level0.map(({ n }) => n)).toEqual(Array.from({ length: 258 }, (_, i) => i));
    expect(level1.map(({ n }) => n)).toEqual([0]);
    for (const [i, { hashes, root }] of level0.entries()) {
      const own = leaves.slice(i * 256, (i + 1) * 256);
      if (!Buffer.concat(own).equals(hashes) || !rootOf(own).equals(root))
        throw new Error(`Tile ${i} is not that of its leaves.`);
    }
    const roots = level0.slice(0, 256).map(({ root }) => Buffer.from(root));
    expect(Buffer.concat(roots).equals(level1[0]?.hashes ?? Buffer.of())).toBe(true);
    expect(rootOf(roots).equals(level1[0]?.root ?? Buffer.of())).toBe(true);
  });

  it("refuses to go on where the store lacks leaves or roots that the size speaks of", async () => {
    const head = { epoch: 1, origin: "x", size: 255, frontier: new Uint8Array() };
    const short = { ...head, tileLeaves: Buffer.alloc(254 * 32) };
    await expect(cutTiles(storeOf([]), "t", short, [leaf(255)])).rejects.toThrow(/last tile of level 0/);
    const edge = { ...head, size: 65_535, tileLeaves: Buffer.alloc(255 * 32) };
    await expect(cutTiles(storeOf([]), "t", edge, [leaf(1)])).rejects.toThrow(/last tile of level 1/);
  });
});
