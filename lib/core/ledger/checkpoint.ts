import { fromBase64, toBase64 } from "./bytes.ts";
import { sizeMax } from "./proof-ranges.ts";

/** A log's head: so many leaves have that root. C2SP tlog-checkpoint. */
export type Checkpoint = { readonly origin: string; readonly size: bigint; readonly root: Uint8Array };

/** Text that is no checkpoint, or one with more in it than a checkpoint of ours has. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

/** The note text that is signed: three lines. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isOrigin(origin) || size < 0n || size > sizeMax || root.length !== 32)
    throw new CheckpointError("This cannot be written as a checkpoint.");
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Strict: 32 bytes of root, no leading zeros, no extension lines (our signer writes none, and nobody audits them). */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", size = "", encoded = "", end, ...more] = text.split("\n");
  if (end === undefined) throw new CheckpointError("A checkpoint has three lines, each with its end.");
  if (end !== "" || more.length > 0)
    throw new CheckpointError("A checkpoint of ours has three lines and no more.");
  if (!isOrigin(origin)) throw new CheckpointError("The first line is no origin.");
  const count = parseSize(size);
  if (count === null) throw new CheckpointError("The second line is no size of a tree.");
  const root = fromBase64(encoded);
  if (root?.length !== 32) throw new CheckpointError("The third line is no SHA-256 in base64.");
  return { origin, size: count, root };
}

/** A size or an index in decimal, without leading zeros, below 2^63. Null for anything else. */
export function parseSize(text: string): bigint | null {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) return null;
  const size = BigInt(text);
  return size <= sizeMax ? size : null;
}

/** As a key's name: no spaces, no plus, no control characters. */
const isOrigin = (text: string): boolean => /^[^\s+\p{Cc}]+$/u.test(text) && text.isWellFormed();
