import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { inclusionProof, verifyInclusion } from "./proof.ts";
import { memoryTiles } from "./testing/memory-tiles.ts";
import { referenceTree } from "./testing/reference-tree.ts";
import { inclusionTiles, tilePath } from "./tiles.ts";
import { leafHash } from "./tree.ts";

const sizeMax = 300;
const leaves = Array.from({ length: 700 }, (_, i) => leafHash(nodeCrypto, Buffer.from(`leaf ${i}`)));
const reference = referenceTree(leaves);

const claimOf = (index: number, size: number, proof = reference.inclusion(index, size)) => ({
  leafHash: leaves[index] as Uint8Array,
  index: BigInt(index),
  size: BigInt(size),
  root: reference.root(size),
  proof,
});

const holds = (claim: ReturnType<typeof claimOf>) => verifyInclusion(nodeCrypto, claim);

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

describe("2.17 row 19: every inclusion proof of every tree up to 300 leaves", () => {
  it("holds", () => {
    const broken: string[] = [];
    for (let size = 1; size <= sizeMax; size++)
      for (let index = 0; index < size; index++)
        if (!holds(claimOf(index, size))) broken.push(`${index} of ${size}`);
    expect(broken).toEqual([]);
  });

  it("is made from tiles as the recursive definition makes it", () => {
    const readTile = memoryTiles(leaves);
    const sizes = [1, 2, 3, 7, 8, 9, 33, 64, 65, 127, 255, 256, 257, 300, 511, 512, 513, 700];
    for (const size of sizes)
      for (let index = 0; index < size; index += size > 64 ? 13 : 1)
        expect(inclusionProof(nodeCrypto, BigInt(index), BigInt(size), readTile)).toEqual(
          reference.inclusion(index, size),
        );
  });

  it("reads the tiles it names and no other", () => {
    const all = memoryTiles(leaves);
    for (let index = 0; index < 700; index += 37) {
      const read = new Set<string>();
      inclusionProof(nodeCrypto, BigInt(index), 700n, (tile) => {
        read.add(tilePath(tile));
        return all(tile);
      });
      expect([...read].sort()).toEqual(inclusionTiles(BigInt(index), 700n).map(tilePath).sort());
    }
  });

  it("fails with any one thing changed: all of them up to 64 leaves, then each in its turn", () => {
    const passed: string[] = [];
    for (let size = 1; size <= sizeMax; size++)
      for (let index = 0; index < size; index++) {
        const changed = changes(index, size);
        const tried = size <= 64 ? changed : [changed[(index + 3 * size) % changed.length] ?? changed[0]];
        for (const [what, claim] of tried) if (holds(claim())) passed.push(`${index} of ${size}, ${what}`);
      }
    expect(passed).toEqual([]);
  });

  it("fails with any one bit of any step changed, in trees up to 20 leaves", () => {
    const passed: string[] = [];
    for (let size = 2; size <= 20; size++)
      for (let index = 0; index < size; index++) {
        const claim = claimOf(index, size);
        claim.proof.forEach((step, at) => {
          for (let bit = 0; bit < 256; bit += 15)
            if (holds({ ...claim, proof: claim.proof.with(at, flipped(step, bit)) }))
              passed.push(`bit ${bit} of step ${at}, ${index} of ${size}`);
        });
      }
    expect(passed).toEqual([]);
  });

  it("fails with two steps in another order", () => {
    const claim = claimOf(5, 13);
    const [first, second, ...rest] = claim.proof as [Uint8Array, Uint8Array, ...Uint8Array[]];
    expect(holds({ ...claim, proof: [second, first, ...rest] })).toBe(false);
  });

  it("fails for a node passed off as a leaf", () => {
    const [, ...above] = reference.inclusion(0, 8);
    expect(holds({ ...claimOf(0, 8, above), leafHash: reference.range(0, 2) })).toBe(false);
  });
});

describe("2.17 row 16: places and sizes at the edges", () => {
  const single = claimOf(0, 1);

  it.each([
    ["no tree", { index: 0n, size: 0n }],
    ["a place below", { index: -1n }],
    ["a size below", { size: -1n }],
    ["a place behind the last", { index: 1n }],
    ["the largest 64-bit number as a place", { index: 2n ** 64n - 1n }],
    ["a size of 2^63", { index: 0n, size: 2n ** 63n }],
  ])("%s is no claim", (_, over) => {
    expect(holds({ ...single, ...over })).toBe(false);
  });

  it("numbers that a double rounds together are told apart", () => {
    const size = 2n ** 53n + 2n;
    const even = { ...single, size, index: 2n ** 53n, proof: [leaves[1] as Uint8Array] };
    const steps = inclusionTiles(2n ** 53n, size).map(tilePath);
    expect(steps).not.toEqual(
      inclusionTiles(2n ** 53n + 1n, size)
        .map(tilePath)
        .toReversed()
        .slice(1),
    );
    const root = rootFrom(even.index, size);
    expect(holds({ ...even, proof: root.proof, root: root.root })).toBe(true);
    expect(holds({ ...even, index: even.index + 1n, proof: root.proof, root: root.root })).toBe(false);
  });

  it("the last place of the largest tree has a proof of 62 steps that holds", () => {
    const size = 2n ** 63n - 1n;
    const { proof, root } = rootFrom(size - 1n, size);
    expect(proof).toHaveLength(62);
    expect(holds({ ...single, index: size - 1n, size, proof, root })).toBe(true);
  });

  it.each([31, 33, 0])("a hash of %i bytes is none", (length) => {
    expect(holds({ ...single, leafHash: new Uint8Array(length) })).toBe(false);
    expect(holds({ ...single, root: new Uint8Array(length) })).toBe(false);
    expect(holds({ ...claimOf(0, 2), proof: [new Uint8Array(length)] })).toBe(false);
  });
});

type Change = readonly [what: string, claim: () => ReturnType<typeof claimOf>];

function changes(index: number, size: number): [Change, ...Change[]] {
  const claim = claimOf(index, size);
  const { proof } = claim;
  const bit = (index * 31 + size * 7) % 256;
  const at = proof.length === 0 ? -1 : (index + size) % proof.length;
  const steps: Change[] = [
    [
      "a bit of a step",
      () => ({ ...claim, proof: proof.map((step, i) => (i === at ? flipped(step, bit) : step)) }),
    ],
    ["a step less", () => ({ ...claim, proof: proof.filter((_, i) => i !== at) })],
  ];
  return [
    ["a bit of the leaf", () => ({ ...claim, leafHash: flipped(claim.leafHash, bit) })],
    ["a bit of the root", () => ({ ...claim, root: flipped(claim.root, bit) })],
    ["a step more", () => ({ ...claim, proof: [...proof, claim.root] })],
    ["the next place", () => ({ ...claim, index: claim.index + 1n })],
    ["the place before", () => ({ ...claim, index: claim.index - 1n })],
    ...(at >= 0 ? steps : []),
  ];
}

/** A tree of which only one path is known: steps are made up, and the root follows from them. */
function rootFrom(index: bigint, size: bigint): { proof: Uint8Array[]; root: Uint8Array } {
  const proof: Uint8Array[] = [];
  const climb = (from: bigint, to: bigint): Uint8Array => {
    if (to - from === 1n) return leaves[0] as Uint8Array;
    let split = 1n;
    while (split * 2n < to - from) split *= 2n;
    const isLeft = index < from + split;
    const near = isLeft ? climb(from, from + split) : climb(from + split, to);
    const step = leaves[proof.length + 1] as Uint8Array;
    proof.push(step);
    const input = Buffer.concat(isLeft ? [Buffer.of(1), near, step] : [Buffer.of(1), step, near]);
    return nodeCrypto.sha256(input);
  };
  const root = climb(0n, size);
  return { proof, root };
}
