import type { Frontier } from "../../core/ledger/tree.ts";

const hashBytes = 32;

/** The frontier as it is stored beside a batch. */
export function frontierOf(stored: { readonly size: number; readonly frontier: Uint8Array }): Frontier {
  return { size: BigInt(stored.size), hashes: splitHashes(stored.frontier) };
}

/** Its hashes, end to end: as it is stored. */
export function frontierBytes(frontier: Frontier): Uint8Array {
  return Buffer.concat(frontier.hashes);
}

/** Hashes that are stored end to end. */
export function splitHashes(bytes: Uint8Array): Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += hashBytes)
    hashes.push(bytes.subarray(from, from + hashBytes));
  return hashes;
}
