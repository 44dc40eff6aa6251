import { nodeCrypto } from "../../../services/ledger/node-crypto.ts";
import { emptyRoot, nodeHash } from "../tree.ts";

/** RFC 6962 section 2.1 word for word, recursive, with a memory; what everything else is measured against. */
export function referenceTree(leaves: readonly Uint8Array[]) {
  const known = new Map<number, Uint8Array>();
  const root = (from: number, to: number): Uint8Array => {
    const name = from * 65_536 + to;
    const found = known.get(name);
    if (found) return found;
    const hash = compute(from, to);
    known.set(name, hash);
    return hash;
  };
  const compute = (from: number, to: number): Uint8Array => {
    if (from === to) return emptyRoot(nodeCrypto);
    if (to - from === 1) return leaves[from] as Uint8Array;
    const split = from + largestPowerBelow(to - from);
    return nodeHash(nodeCrypto, root(from, split), root(split, to));
  };
  const path = (index: number, from: number, to: number): Uint8Array[] => {
    if (to - from === 1) return [];
    const split = from + largestPowerBelow(to - from);
    return index < split
      ? [...path(index, from, split), root(split, to)]
      : [...path(index, split, to), root(from, split)];
  };
  const subproof = (old: number, from: number, to: number, isWhole: boolean): Uint8Array[] => {
    if (old === to) return isWhole ? [] : [root(from, to)];
    const split = from + largestPowerBelow(to - from);
    return old <= split
      ? [...subproof(old, from, split, isWhole), root(split, to)]
      : [...subproof(old, split, to, false), root(from, split)];
  };
  return {
    root: (size: number) => root(0, size),
    range: root,
    inclusion: (index: number, size: number) => path(index, 0, size),
    consistency: (old: number, size: number) => subproof(old, 0, size, true),
  };
}

function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
