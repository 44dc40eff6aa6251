import type { CryptoPort } from "./crypto-port.ts";

/**
 * All that must be kept of a tree to go on with it: how many leaves, and the hash of each perfect subtree they make,
 * largest first (one per set bit of the size).
 */
export type Frontier = { readonly size: bigint; readonly hashes: readonly Uint8Array[] };

export const emptyFrontier: Frontier = { size: 0n, hashes: [] };

const hashBytes = 32;

/** What is hashed is put together here each time, behind its mark: a port keeps nothing of it. As long as the largest entry. */
const leafInput = new Uint8Array(1 + 16_384);
const nodeInput = Uint8Array.of(1, ...new Uint8Array(2 * hashBytes));

/** Of one leaf's bytes, RFC 6962 section 2.1. */
export function leafHash(crypto: CryptoPort, bytes: Uint8Array): Uint8Array {
  const input =
    bytes.length < leafInput.length
      ? leafInput.subarray(0, 1 + bytes.length)
      : new Uint8Array(1 + bytes.length);
  input.set(bytes, 1);
  return crypto.sha256(input);
}

/** Of two subtrees, RFC 6962 section 2.1. */
export function nodeHash(crypto: CryptoPort, left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== hashBytes || right.length !== hashBytes) throw new RangeError("A hash has 32 bytes.");
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + hashBytes);
  return crypto.sha256(nodeInput);
}

export const emptyRoot = (crypto: CryptoPort): Uint8Array => crypto.sha256(new Uint8Array(0));

/** The tree with these leaves behind the ones it has. In one go or one by one: the same. */
export function appendLeaves(
  crypto: CryptoPort,
  frontier: Frontier,
  leafHashes: readonly Uint8Array[],
): Frontier {
  const hashes = [...frontier.hashes];
  const heights = heightsOf(frontier);
  for (const leaf of leafHashes) {
    let hash = leaf;
    let height = 0;
    while (heights.length > 0 && heights[heights.length - 1] === height) {
      hash = nodeHash(crypto, hashes.pop() as Uint8Array, hash);
      heights.pop();
      height++;
    }
    hashes.push(hash);
    heights.push(height);
  }
  return { size: frontier.size + BigInt(leafHashes.length), hashes };
}

export function rootOf(crypto: CryptoPort, { size, hashes }: Frontier): Uint8Array {
  if (size === 0n) return emptyRoot(crypto);
  return hashes.reduceRight((right, left) => nodeHash(crypto, left, right));
}

/** Root over hashes of one level that fill a subtree: their number is a power of two. */
export function subtreeRoot(crypto: CryptoPort, hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0 || (hashes.length & (hashes.length - 1)) !== 0)
    throw new RangeError(`${hashes.length} hashes do not fill a subtree.`);
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2)
      above.push(nodeHash(crypto, level[i] as Uint8Array, level[i + 1] as Uint8Array));
    level = above;
  }
  return level[0] as Uint8Array;
}

/** Height of each perfect subtree of a tree, largest first. Throws where the hashes are not one for each. */
function heightsOf({ size, hashes }: Frontier): number[] {
  const heights: number[] = [];
  for (let rest = size, height = 0; rest > 0n; rest >>= 1n, height++)
    if ((rest & 1n) === 1n) heights.unshift(height);
  if (size < 0n || heights.length !== hashes.length)
    throw new RangeError(
      `A tree of ${size} leaves has ${heights.length} perfect subtrees, not ${hashes.length}.`,
    );
  return heights;
}
