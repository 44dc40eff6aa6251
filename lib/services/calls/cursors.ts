import { parse, stringify } from "uuid";
import type { CallPosition } from "../../db/call-list.ts";
import { Refusal } from "../refusal.ts";

/** A place in the list of calls, opaque: time and id, 22 bytes. */
export function writePosition({ startedAt, id }: CallPosition): string {
  const time = Buffer.alloc(6);
  time.writeUIntBE(startedAt.getTime(), 0, 6);
  return Buffer.concat([time, parse(id)]).toString("base64url");
}

/** trust: a cursor comes from a URL; whatever is not of our form is refused. */
export function readPosition(cursor: string): CallPosition {
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.length !== 22) throw unreadable();
  return { startedAt: new Date(bytes.readUIntBE(0, 6)), id: idOf(bytes.subarray(6)) };
}

export type Heads = readonly { readonly tenantId: string; readonly seq: number }[];

/** Where recording stood in some tenants, opaque: 22 bytes each. */
export function writeHeads(heads: Heads): string {
  const parts = heads.map(({ tenantId, seq }) => {
    const number = Buffer.alloc(6);
    number.writeUIntBE(seq, 0, 6);
    return Buffer.concat([parse(tenantId), number]);
  });
  return `t${Buffer.concat(parts).toString("base64url")}`;
}

/** trust: a cursor comes from a URL. The number of each tenant by its id; refuses what is not of our form. */
export function readHeads(cursor: string): Map<string, number> {
  const bytes = Buffer.from(cursor.slice(1), "base64url");
  if (!cursor.startsWith("t") || bytes.length % 22 !== 0) throw unreadable();
  const heads = new Map<string, number>();
  for (let at = 0; at < bytes.length; at += 22)
    heads.set(idOf(bytes.subarray(at, at + 16)), bytes.readUIntBE(at + 16, 6));
  return heads;
}

/** Where recording stands, held at what was known then: of a tenant that was not, nothing. */
export function headsUpTo(heads: Heads, upTo: string | undefined): Heads {
  if (upTo === undefined) return heads;
  const known = readHeads(upTo);
  return heads.map(({ tenantId, seq }) => ({ tenantId, seq: Math.min(seq, known.get(tenantId) ?? 0) }));
}

// `uuid` refuses bytes of no known version; a position before an hour carries the nil id.
function idOf(bytes: Uint8Array): string {
  try {
    return stringify(bytes);
  } catch (cause) {
    throw unreadable(cause);
  }
}

function unreadable(cause?: unknown): Refusal {
  return new Refusal("invalid_input", "This page of the list cannot be found. Start again from the top.", {
    cause,
  });
}
