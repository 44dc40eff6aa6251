import { bytesEqual } from "./bytes.ts";
import type { CryptoPort } from "./crypto-port.ts";
import { consistencyRanges, inclusionRanges, type LeafRange, sizeMax, subtreesOf } from "./proof-ranges.ts";
import { placeInTile, type TileAddress } from "./tiles.ts";
import { nodeHash, subtreeRoot } from "./tree.ts";

/** Gives a tile's hashes end to end, 32 bytes times its width. */
export type ReadTile = (address: TileAddress) => Uint8Array;

/** The hashes that lead from a leaf to the root, from its sibling up. RFC 6962 section 2.1.1. */
export function inclusionProof(
  crypto: CryptoPort,
  index: bigint,
  size: bigint,
  readTile: ReadTile,
): Uint8Array[] {
  return inclusionRanges(index, size).map((range) => rangeHash(crypto, range, size, readTile));
}

/** The hashes that make both roots. RFC 6962 section 2.1.2. Empty from nothing and to itself. */
export function consistencyProof(
  crypto: CryptoPort,
  oldSize: bigint,
  size: bigint,
  readTile: ReadTile,
): Uint8Array[] {
  return consistencyRanges(oldSize, size).map((range) => rangeHash(crypto, range, size, readTile));
}

/** Whether the leaf stands at that place of the tree with that root. RFC 9162 section 2.1.3.2. */
export function verifyInclusion(
  crypto: CryptoPort,
  claim: {
    readonly leafHash: Uint8Array;
    readonly index: bigint;
    readonly size: bigint;
    readonly root: Uint8Array;
    readonly proof: readonly Uint8Array[];
  },
): boolean {
  const { leafHash, index, size, root, proof } = claim;
  if (index < 0n || index >= size || size > sizeMax) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let [place, last, hash] = [index, size - 1n, leafHash];
  for (const step of proof) {
    if (last === 0n) return false;
    if (isOdd(place) || place === last) {
      hash = nodeHash(crypto, step, hash);
      while (!isOdd(place) && place !== 0n) [place, last] = [place >> 1n, last >> 1n];
    } else hash = nodeHash(crypto, hash, step);
    [place, last] = [place >> 1n, last >> 1n];
  }
  return last === 0n && bytesEqual(hash, root);
}

/**
 * Whether the tree with the old root is the beginning of the other. RFC 9162 section 2.1.4.2. Strict: from an empty tree
 * there is nothing to prove, and whoever allows that says so where he calls.
 */
export function verifyConsistency(
  crypto: CryptoPort,
  claim: {
    readonly oldSize: bigint;
    readonly oldRoot: Uint8Array;
    readonly size: bigint;
    readonly root: Uint8Array;
    readonly proof: readonly Uint8Array[];
  },
): boolean {
  const { oldSize, oldRoot, size, root, proof } = claim;
  if (oldSize <= 0n || oldSize > size || size > sizeMax) return false;
  if (![oldRoot, root, ...proof].every(isHash)) return false;
  if (oldSize === size) return proof.length === 0 && bytesEqual(oldRoot, root);
  let [place, last] = [oldSize - 1n, size - 1n];
  while (isOdd(place)) [place, last] = [place >> 1n, last >> 1n];
  // A whole old tree is a subtree of the new one: its root is where the proof begins.
  const [start, ...steps] = place === 0n ? [oldRoot, ...proof] : proof;
  if (!start) return false;
  let [oldHash, hash] = [start, start];
  for (const step of steps) {
    if (last === 0n) return false;
    if (isOdd(place) || place === last) {
      oldHash = nodeHash(crypto, step, oldHash);
      hash = nodeHash(crypto, step, hash);
      while (!isOdd(place) && place !== 0n) [place, last] = [place >> 1n, last >> 1n];
    } else hash = nodeHash(crypto, hash, step);
    [place, last] = [place >> 1n, last >> 1n];
  }
  return last === 0n && bytesEqual(oldHash, oldRoot) && bytesEqual(hash, root);
}

function rangeHash(crypto: CryptoPort, range: LeafRange, size: bigint, readTile: ReadTile): Uint8Array {
  return subtreesOf(range)
    .map((subtree) => {
      const { tile, first, count } = placeInTile(subtree, size);
      const bytes = readTile(tile);
      if (bytes.length !== tile.width * hashBytes)
        throw new RangeError(`A tile of ${tile.width} hashes has ${bytes.length} bytes.`);
      return subtreeRoot(
        crypto,
        Array.from({ length: count }, (_, i) =>
          bytes.subarray((first + i) * hashBytes, (first + i + 1) * hashBytes),
        ),
      );
    })
    .reduceRight((right, left) => nodeHash(crypto, left, right));
}

const hashBytes = 32;
const isHash = (bytes: Uint8Array): boolean => bytes.length === hashBytes;
const isOdd = (n: bigint): boolean => (n & 1n) === 1n;
