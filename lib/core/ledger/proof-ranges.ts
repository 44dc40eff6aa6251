/** The leaves from `from` up to and without `to`. */
export type LeafRange = { readonly from: bigint; readonly to: bigint };

/** A subtree with 2^height leaves that begins at a multiple of that. */
export type PerfectSubtree = { readonly height: number; readonly from: bigint };

/** Sizes and indexes stay below this: C2SP writes them as 63-bit numbers, and a proof has at most 63 hashes. */
export const sizeMax = 2n ** 63n - 1n;

/** Whose hashes make an inclusion proof, from the leaf's sibling up. RFC 6962 section 2.1.1. */
export function inclusionRanges(index: bigint, size: bigint): LeafRange[] {
  if (index < 0n || index >= size || size > sizeMax)
    throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`);
  const ranges: LeafRange[] = [];
  for (let from = 0n, to = size; to - from > 1n; ) {
    const split = from + largestPowerBelow(to - from);
    if (index < split) {
      ranges.push({ from: split, to });
      to = split;
    } else {
      ranges.push({ from, to: split });
      from = split;
    }
  }
  return ranges.reverse();
}

/** Whose hashes make a consistency proof, in its order. RFC 6962 section 2.1.2. None from nothing, none to itself. */
export function consistencyRanges(oldSize: bigint, size: bigint): LeafRange[] {
  if (oldSize < 0n || oldSize > size || size > sizeMax)
    throw new RangeError(`A tree of ${size} leaves does not go on from ${oldSize}.`);
  if (oldSize === 0n || oldSize === size) return [];
  const ranges: LeafRange[] = [];
  let [from, to, known] = [0n, size, true];
  while (oldSize !== to) {
    const split = from + largestPowerBelow(to - from);
    if (oldSize <= split) {
      ranges.push({ from: split, to });
      to = split;
    } else {
      ranges.push({ from, to: split });
      from = split;
      known = false;
    }
  }
  if (!known) ranges.push({ from, to });
  return ranges.reverse();
}

/** The perfect subtrees whose hashes, put together from the right, are the hash of a range. Largest first. */
export function subtreesOf({ from, to }: LeafRange): PerfectSubtree[] {
  const subtrees: PerfectSubtree[] = [];
  for (let at = from; at < to; ) {
    const height = bitLength(to - at) - 1;
    subtrees.push({ height, from: at });
    at += 1n << BigInt(height);
  }
  return subtrees;
}

const bitLength = (n: bigint): number => n.toString(2).length;

/** Largest power of two below n; n at least 2. */
const largestPowerBelow = (n: bigint): bigint => 1n << BigInt(bitLength(n - 1n) - 1);
