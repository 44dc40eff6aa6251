import { appendLeaves, emptyFrontier, type Frontier, rootOf } from "../core/ledger/tree.ts";
import type { Differences } from "../services/ledger/differences.ts";
import { frontierBytes, splitHashes } from "../services/ledger/frontier-bytes.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import type { StoredBatch } from "../services/ledger/signer-store.ts";

/** One place as the walk left it: what its bytes hash to and what its row says, where they differ. */
export type WalkedLeaf = {
  readonly index: number;
  /** Null: nothing is left of it. */
  readonly leaf: Uint8Array | null;
  /** What its row says, where that is something else. */
  readonly stated: Uint8Array | null;
};

/** Holds each batch against the one before it and the leaves between; so one damaged batch is one finding. */
export type BatchChecker = {
  /** Answers the leaves that the tree was made of, as far as that can be told. */
  check(batch: StoredBatch, leaves: readonly WalkedLeaf[]): (Uint8Array | null)[];
  /** The tree after the last batch. */
  readonly tree: Frontier;
};

export function checkBatches(found: Differences): BatchChecker {
  let tree: Frontier = emptyFrontier;
  return {
    get tree() {
      return tree;
    },
    check(batch, leaves) {
      const first = batch.firstIndex ?? 0;
      const held = storedTree(batch);
      const words = `the batch of entries ${first} to ${batch.endIndex - 1}`;
      if (leaves.some(({ leaf }) => leaf === null)) {
        // The loss itself was reported; the batch's own word is what the walk goes on from.
        if (held !== null) tree = held;
        else found.add(first, `Root and frontier of ${words} do not belong together: one was changed.`);
        return leaves.map(({ leaf, stated }) => stated ?? leaf);
      }
      const made = candidates(leaves).map((each) => ({
        leaves: each,
        tree: appendLeaves(nodeCrypto, tree, each),
      }));
      const right = made.find((each) => batch.root.equals(rootOf(nodeCrypto, each.tree)));
      const best = right ?? made[0] ?? { leaves: [], tree };
      reportAmbiguous(leaves, right?.leaves ?? null, found);
      if (right && !Buffer.from(frontierBytes(right.tree)).equals(batch.frontier))
        found.add(first, `The frontier of ${words} is not that of its entries: it was changed.`);
      if (right) tree = right.tree;
      else if (held === null) {
        const sameFrontier = Buffer.from(frontierBytes(best.tree)).equals(batch.frontier);
        const what = sameFrontier ? "The root" : "Root or frontier";
        found.add(first, `${what} of ${words} is not that of its entries: it was changed.`);
        tree = best.tree;
      } else {
        const from = Math.max(first, firstDifference(best.tree, held));
        found.add(
          from,
          `The entries from ${from} to ${batch.endIndex - 1} do not lead to the root of their batch: one of them was changed ` +
            "together with its leaf hash, or was moved or inserted.",
        );
        tree = held;
      }
      return best.leaves;
    },
  };
}

/** What the leaves may have been: as the bytes say, as the rows say, and where few differ every mixture of the two. */
function candidates(leaves: readonly WalkedLeaf[]): Uint8Array[][] {
  const doubtful = leaves.filter(({ stated }) => stated !== null).map(({ index }) => index);
  const choices = doubtful.length <= 6 ? 2 ** doubtful.length : 2;
  return Array.from({ length: choices }, (_, choice) =>
    leaves.map(({ index, leaf, stated }) => {
      const at = doubtful.indexOf(index);
      const byRow = doubtful.length <= 6 ? (choice >> at) & 1 : choice;
      return (at >= 0 && byRow ? stated : leaf) ?? new Uint8Array(32);
    }),
  );
}

function reportAmbiguous(
  leaves: readonly WalkedLeaf[],
  right: readonly Uint8Array[] | null,
  found: Differences,
): void {
  for (const [i, { index, leaf, stated }] of leaves.entries()) {
    if (stated === null || leaf === null) continue;
    const is = right?.[i];
    if (!is)
      found.add(
        index,
        `The bytes of entry ${index} do not hash to its leaf hash: one of the two was changed.`,
      );
    else if (Buffer.from(is).equals(leaf))
      found.add(
        index,
        `The leaf hash of entry ${index} was changed; its bytes are those the tree was made of.`,
      );
    else
      found.add(index, `The bytes of entry ${index} were changed: they are not those the tree was made of.`);
  }
}

/** The stored tree, if root and frontier agree. */
function storedTree(batch: StoredBatch): Frontier | null {
  const hashes = splitHashes(batch.frontier);
  const tree = { size: BigInt(batch.endIndex), hashes };
  if (hashes.length !== batch.endIndex.toString(2).replaceAll("0", "").length) return null;
  return batch.root.equals(rootOf(nodeCrypto, tree)) ? tree : null;
}

/** Index of the first leaf below the first perfect subtree in which two trees of one size differ. */
function firstDifference(a: Frontier, b: Frontier): number {
  let from = 0;
  let rest = Number(a.size);
  for (const [i, hash] of a.hashes.entries()) {
    const width = 2 ** Math.floor(Math.log2(rest));
    if (!Buffer.from(hash).equals(b.hashes[i] ?? Buffer.alloc(0))) return from;
    from += width;
    rest -= width;
  }
  return from;
}
