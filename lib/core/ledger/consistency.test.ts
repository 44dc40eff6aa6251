import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { consistencyProof, verifyConsistency } from "./proof.ts";
import { memoryTiles } from "./testing/memory-tiles.ts";
import { referenceTree } from "./testing/reference-tree.ts";
import { consistencyTiles, tilePath } from "./tiles.ts";
import { leafHash } from "./tree.ts";

const sizeMax = 300;
const leaves = Array.from({ length: 700 }, (_, i) => leafHash(nodeCrypto, Buffer.from(`leaf ${i}`)));
const reference = referenceTree(leaves);

const claimOf = (old: number, size: number, proof = reference.consistency(old, size)) => ({
  oldSize: BigInt(old),
  oldRoot: reference.root(old),
  size: BigInt(size),
  root: reference.root(size),
  proof,
});

const holds = (claim: ReturnType<typeof claimOf>) => verifyConsistency(nodeCrypto, claim);

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

describe("2.17 row 19: every consistency proof between any two sizes up to 300", () => {
  it("holds", () => {
    const broken: string[] = [];
    for (let size = 1; size <= sizeMax; size++)
      for (let old = 1; old <= size; old++) if (!holds(claimOf(old, size))) broken.push(`${old} to ${size}`);
    expect(broken).toEqual([]);
  });

  it("is made from tiles as the recursive definition makes it", () => {
    const readTile = memoryTiles(leaves);
    for (const size of [1, 2, 3, 7, 8, 9, 33, 64, 65, 127, 255, 256, 257, 300, 511, 512, 513, 700])
      for (let old = 1; old <= size; old += size > 64 ? 13 : 1)
        expect(consistencyProof(nodeCrypto, BigInt(old), BigInt(size), readTile)).toEqual(
          reference.consistency(old, size),
        );
  });

  it("reads the tiles it names and no other", () => {
    const all = memoryTiles(leaves);
    for (let old = 1; old < 700; old += 37) {
      const read = new Set<string>();
      consistencyProof(nodeCrypto, BigInt(old), 700n, (tile) => {
        read.add(tilePath(tile));
        return all(tile);
      });
      expect([...read].sort()).toEqual(consistencyTiles(BigInt(old), 700n).map(tilePath).sort());
    }
  });

  it("fails with any one thing changed: all of them up to 64 leaves, then each in its turn", () => {
    const passed: string[] = [];
    for (let size = 1; size <= sizeMax; size++)
      for (let old = 1; old <= size; old++) {
        const changed = changes(old, size);
        const tried = size <= 64 ? changed : [changed[(old + 3 * size) % changed.length] ?? changed[0]];
        for (const [what, claim] of tried) if (holds(claim())) passed.push(`${old} to ${size}, ${what}`);
      }
    expect(passed).toEqual([]);
  });

  it("fails where one leaf below the old size was changed, whatever proof the changed tree gives", () => {
    const changed = referenceTree(leaves.with(3, leafHash(nodeCrypto, Buffer.from("another"))));
    for (let old = 4; old < 40; old++)
      for (let size = old; size < 60; size++) {
        const proof = changed.consistency(old, size);
        expect(holds({ ...claimOf(old, size, proof), root: changed.root(size) })).toBe(false);
      }
  });

  it("fails where the tail was cut and grew again with other leaves", () => {
    const regrown = referenceTree([...leaves.slice(0, 20), ...leaves.slice(50, 100)]);
    for (let old = 21; old < 40; old++)
      expect(holds({ ...claimOf(old, 60, regrown.consistency(old, 60)), root: regrown.root(60) })).toBe(
        false,
      );
  });
});

describe("2.17 row 16: sizes at the edges", () => {
  const claim = claimOf(3, 5);

  it.each([
    ["from nothing", { oldSize: 0n, proof: [] }],
    ["to fewer", { size: 2n }],
    ["from below nothing", { oldSize: -1n }],
    ["to a size of 2^63", { size: 2n ** 63n }],
    ["from the largest 64-bit number", { oldSize: 2n ** 64n - 1n, size: 2n ** 64n - 1n, proof: [] }],
  ])("%s is no claim", (_, over) => {
    expect(holds({ ...claim, ...over })).toBe(false);
  });

  it("from a size to itself takes no step, and the same root", () => {
    expect(holds(claimOf(5, 5))).toBe(true);
    expect(holds({ ...claimOf(5, 5), oldRoot: reference.root(4) })).toBe(false);
    expect(holds(claimOf(5, 5, [reference.root(5)]))).toBe(false);
  });

  it.each([31, 33, 12])("a hash of %i bytes is none", (length) => {
    expect(holds({ ...claim, oldRoot: new Uint8Array(length) })).toBe(false);
    expect(holds({ ...claim, root: new Uint8Array(length) })).toBe(false);
    expect(holds({ ...claim, proof: claim.proof.with(0, new Uint8Array(length)) })).toBe(false);
    const same = new Uint8Array(length);
    expect(holds({ oldSize: 1n, size: 1n, oldRoot: same, root: same, proof: [] })).toBe(false);
  });

  it("a proof cannot be made to a smaller tree", () => {
    expect(() => consistencyProof(nodeCrypto, 5n, 4n, memoryTiles(leaves))).toThrow(RangeError);
  });

  it("from nothing there is nothing to prove", () => {
    expect(consistencyProof(nodeCrypto, 0n, 4n, memoryTiles(leaves))).toEqual([]);
  });

  it("near 2^53 and 2^63, a range goes through tiles that exist", () => {
    for (const size of [2n ** 53n + 1n, 2n ** 62n + 3n, 2n ** 63n - 1n])
      for (const { level, n, width } of consistencyTiles(size - 1n, size)) {
        const held = size >> BigInt(8 * level);
        expect(width).toBeGreaterThan(0);
        expect(n * 256n + BigInt(width)).toBeLessThanOrEqual(held);
      }
  });
});

type Change = readonly [what: string, claim: () => ReturnType<typeof claimOf>];

function changes(old: number, size: number): [Change, ...Change[]] {
  const claim = claimOf(old, size);
  const { proof } = claim;
  const bit = (old * 31 + size * 7) % 256;
  const at = proof.length === 0 ? -1 : (old + size) % proof.length;
  const steps: Change[] = [
    [
      "a bit of a step",
      () => ({ ...claim, proof: proof.map((step, i) => (i === at ? flipped(step, bit) : step)) }),
    ],
    ["a step less", () => ({ ...claim, proof: proof.filter((_, i) => i !== at) })],
  ];
  return [
    ["a bit of the old root", () => ({ ...claim, oldRoot: flipped(claim.oldRoot, bit) })],
    ["a bit of the root", () => ({ ...claim, root: flipped(claim.root, bit) })],
    ["a step more", () => ({ ...claim, proof: [...proof, claim.root] })],
    ...(at >= 0 ? steps : []),
  ];
}
