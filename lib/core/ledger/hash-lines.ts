import { fromBase64, toBase64 } from "./bytes.ts";

/** A proof is no longer: a tree has fewer than 2^63 leaves. C2SP tlog-witness. */
const hashesMax = 63;

/** One hash per line, each with its end. */
export function formatHashLines(hashes: readonly Uint8Array[]): string {
  if (hashes.length > hashesMax || hashes.some(({ length }) => length !== 32))
    throw new RangeError("This is no proof: at most 63 hashes of 32 bytes.");
  return hashes.map((hash) => `${toBase64(hash)}\n`).join("");
}

/** Null where a line is no SHA-256 in base64, or there are too many. */
export function parseHashLines(lines: readonly string[]): Uint8Array[] | null {
  if (lines.length > hashesMax) return null;
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) return null;
    hashes.push(hash);
  }
  return hashes;
}
