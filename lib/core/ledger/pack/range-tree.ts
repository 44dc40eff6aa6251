import { bytesEqual } from "../bytes.ts";
import type { CryptoPort } from "../crypto-port.ts";
import { emptyRoot, type Frontier, nodeHash, subtreeRoot } from "../tree.ts";

/** Root over 2^height leaves that begin at a multiple of their number. */
export type Subtree = { readonly height: number; readonly hash: Uint8Array };

/** The largest subtrees that leaves from `first` on fill, in order; none reaches over `cut`. */
export function subtreesFrom(
  crypto: CryptoPort,
  first: number,
  leaves: readonly Uint8Array[],
  cut: number | null = null,
): Subtree[] {
  const subtrees: Subtree[] = [];
  const end = first + leaves.length;
  for (let at = first; at < end; ) {
    const until = cut !== null && cut > at && cut < end ? cut : end;
    let height = 0;
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= until) height += 1;
    const next = at + 2 ** height;
    subtrees.push({ height, hash: subtreeRoot(crypto, leaves.slice(at - first, next - first)) });
    at = next;
  }
  return subtrees;
}

/** A tree that grows by whole subtrees, from a frontier on. */
export function openRangeTree(crypto: CryptoPort, { size, hashes }: Frontier) {
  const stack: Subtree[] = [];
  let rest = size;
  for (let height = 63, i = 0; height >= 0; height--) {
    const wide = 1n << BigInt(height);
    const hash = hashes[i];
    if (rest < wide || hash === undefined) continue;
    stack.push({ height, hash });
    rest -= wide;
    i += 1;
  }
  let grown = size;
  return {
    get size(): bigint {
      return grown;
    },
    /** It has to begin where the tree ends. */
    push(subtree: Subtree): void {
      grown += 1n << BigInt(subtree.height);
      let top = subtree;
      for (let last = stack.at(-1); last?.height === top.height; last = stack.at(-1)) {
        stack.pop();
        top = { height: top.height + 1, hash: nodeHash(crypto, last.hash, top.hash) };
      }
      stack.push(top);
    },
    root(): Uint8Array {
      if (stack.length === 0) return emptyRoot(crypto);
      return stack.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(crypto, left, right));
    },
  };
}

/** Whether a frontier has one hash for each perfect subtree of its size, and leads to that root. */
export function leadsTo(crypto: CryptoPort, frontier: Frontier, root: Uint8Array): boolean {
  let count = 0;
  for (let rest = frontier.size; rest > 0n; rest >>= 1n) if ((rest & 1n) === 1n) count += 1;
  return count === frontier.hashes.length && bytesEqual(openRangeTree(crypto, frontier).root(), root);
}
