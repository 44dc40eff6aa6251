import type { CheckpointPosition } from "../../db/ledger-page.ts";
import { Refusal } from "../refusal.ts";

/** A place in the list of checkpoints, opaque: epoch, size and time, 18 bytes. */
export function writeCheckpointPosition({ epoch, size, signedAt }: CheckpointPosition): string {
  const bytes = Buffer.alloc(18);
  bytes.writeUInt32BE(epoch, 0);
  bytes.writeBigUInt64BE(BigInt(size), 4);
  bytes.writeUIntBE(signedAt.getTime(), 12, 6);
  return bytes.toString("base64url");
}

/** trust: a cursor comes from a URL; whatever is not of our form is refused. */
export function readCheckpointPosition(cursor: string): CheckpointPosition {
  const bytes = Buffer.from(cursor, "base64url");
  const epoch = bytes.length === 18 ? bytes.readUInt32BE(0) : 0;
  const size = bytes.length === 18 ? bytes.readBigUInt64BE(4) : -1n;
  if (epoch < 1 || epoch > 999_999_999 || size < 0n || size > Number.MAX_SAFE_INTEGER)
    throw new Refusal("invalid_input", "This page of the list cannot be found. Start again from the top.");
  const signedAt = new Date(bytes.readUIntBE(12, 6));
  return { epoch, size: Number(size), signedAt };
}
