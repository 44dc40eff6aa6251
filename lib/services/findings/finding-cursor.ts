import { parse, stringify } from "uuid";
import type { FindingPosition } from "../../db/finding-list.ts";
import { Refusal } from "../refusal.ts";

/** A place in the list of findings, opaque: rank, time and id, 23 bytes. */
export function writeFindingPosition({ rank, lastSeenAt, id }: FindingPosition): string {
  const bytes = Buffer.alloc(7);
  bytes.writeUInt8(rank, 0);
  bytes.writeUIntBE(lastSeenAt.getTime(), 1, 6);
  return Buffer.concat([bytes, parse(id)]).toString("base64url");
}

/** trust: a cursor comes from a URL; whatever is not of our form is refused. */
export function readFindingPosition(cursor: string): FindingPosition {
  const bytes = Buffer.from(cursor, "base64url");
  try {
    if (bytes.length !== 23) throw new Error("Another length.");
    const lastSeenAt = new Date(bytes.readUIntBE(1, 6));
    return { rank: bytes.readUInt8(0), lastSeenAt, id: stringify(bytes.subarray(7)) };
  } catch (cause) {
    throw new Refusal("invalid_input", "This page of the list cannot be found. Start again from the top.", {
      cause,
    });
  }
}
