import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { toHex } from "./bytes.ts";
import { referenceTree } from "./testing/reference-tree.ts";
import { appendLeaves, emptyFrontier, emptyRoot, leafHash, nodeHash, rootOf, subtreeRoot } from "./tree.ts";

const hex = (text: string) => Buffer.from(text, "hex");
const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => leafHash(nodeCrypto, Buffer.from(`leaf ${i}`)));
const append = (leaves: readonly Uint8Array[], to = emptyFrontier) => appendLeaves(nodeCrypto, to, leaves);

describe("the tree is RFC 6962's", () => {
  const inputs = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ];

  it.each([
    [0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
    [4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    [5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
    [6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
    [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
    [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
  ])("root of %i leaves", (size, root) => {
    const leaves = inputs.slice(0, size).map((input) => leafHash(nodeCrypto, hex(input)));
    expect(toHex(rootOf(nodeCrypto, append(leaves)))).toBe(root);
  });

  it("hashes leaves and nodes apart, so that neither passes for the other", () => {
    expect(toHex(leafHash(nodeCrypto, Buffer.from("L123456")))).toBe(
      "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
    );
    const [left, right] = leavesOf(2) as [Uint8Array, Uint8Array];
    const node = nodeHash(nodeCrypto, left, right);
    expect(node).not.toEqual(leafHash(nodeCrypto, Buffer.concat([left, right])));
    expect(node).not.toEqual(nodeHash(nodeCrypto, right, left));
  });

  it("has a root of nothing", () => {
    expect(rootOf(nodeCrypto, emptyFrontier)).toEqual(emptyRoot(nodeCrypto));
  });
});

describe("2.17 row 19: however leaves are appended, the tree is the same", () => {
  const leaves = leavesOf(300);
  const reference = referenceTree(leaves);

  it("one by one: every size up to 300 has the root of the recursive definition", () => {
    let tree = emptyFrontier;
    leaves.forEach((leaf, i) => {
      tree = append([leaf], tree);
      expect(tree.size).toBe(BigInt(i + 1));
      expect(rootOf(nodeCrypto, tree)).toEqual(reference.root(i + 1));
    });
  });

  it("in batches of any sizes: the same root, and the same frontier to go on from", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 12 }), (batches) => {
        let tree = emptyFrontier;
        for (const batch of batches) {
          const from = Number(tree.size);
          tree = append(leaves.slice(from, from + batch), tree);
        }
        const size = Number(tree.size);
        expect(rootOf(nodeCrypto, tree)).toEqual(reference.root(size));
        expect(tree).toEqual(append(leaves.slice(0, size)));
      }),
      { numRuns: 200 },
    );
  });

  it("the frontier is the hash of each perfect subtree, largest first", () => {
    expect(append(leaves.slice(0, 13)).hashes).toEqual([
      reference.range(0, 8),
      reference.range(8, 12),
      reference.range(12, 13),
    ]);
  });

  it("another order, another leaf or one leaf more is another root", () => {
    const root = rootOf(nodeCrypto, append(leaves));
    const [first, second, ...rest] = leaves as [Uint8Array, Uint8Array, ...Uint8Array[]];
    for (const other of [
      [second, first, ...rest],
      [first, first, ...rest],
      [...leaves, first],
      leaves.slice(0, -1),
    ])
      expect(rootOf(nodeCrypto, append(other))).not.toEqual(root);
  });

  it("leaves what it was given as it was", () => {
    const tree = append(leaves.slice(0, 5));
    const before = tree.hashes.map(toHex);
    append(leaves.slice(5, 9), tree);
    expect([tree.size, tree.hashes.map(toHex)]).toEqual([5n, before]);
  });
});

describe("a subtree", () => {
  it.each([1, 2, 4, 256])("of %i hashes has the tree's root over them", (count) => {
    const leaves = leavesOf(count);
    expect(subtreeRoot(nodeCrypto, leaves)).toEqual(rootOf(nodeCrypto, append(leaves)));
  });

  it.each([0, 3, 255])("of %i hashes is none", (count) => {
    expect(() => subtreeRoot(nodeCrypto, leavesOf(count))).toThrow(RangeError);
  });
});

describe("2.17 row 16: sizes beyond what a double holds", () => {
  it.each([2n ** 53n - 1n, 2n ** 53n + 1n, 2n ** 62n + 5n])(
    "%s goes on with one leaf as the definition has it",
    (size) => {
      const ones = [...size.toString(2)].filter((bit) => bit === "1").length;
      const tree = append(leavesOf(1), { size, hashes: leavesOf(ones) });
      expect(tree.size).toBe(size + 1n);
      expect(tree.hashes).toHaveLength([...(size + 1n).toString(2)].filter((bit) => bit === "1").length);
    },
  );
});

describe("a frontier that does not fit its size", () => {
  it.each([
    ["too few hashes", { size: 3n, hashes: leavesOf(1) }],
    ["too many hashes", { size: 4n, hashes: leavesOf(2) }],
    ["hashes of nothing", { size: 0n, hashes: leavesOf(1) }],
    ["a size below nothing", { size: -1n, hashes: [] }],
  ])("is refused: %s", (_, frontier) => {
    expect(() => append(leavesOf(1), frontier)).toThrow(RangeError);
  });

  it("is refused where a hash has another length", () => {
    expect(() => append(leavesOf(1), { size: 1n, hashes: [new Uint8Array(31)] })).toThrow(RangeError);
  });
});
