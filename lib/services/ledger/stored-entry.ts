import { decodeEntry, type Entry, EntryError } from "../../core/ledger/entries/entry.ts";
import { leafHash } from "../../core/ledger/tree.ts";
import type { StoredBody, StoredEntry } from "../../db/ledger-walk.ts";
import { nodeCrypto } from "./node-crypto.ts";

/** What the store holds for one place of a log. Nothing of it is believed. */
export type StoredPlace = {
  readonly index: number;
  readonly row: StoredEntry | null;
  readonly bodies: readonly StoredBody[];
};

export type CheckedPlace = {
  /** In words; none: row and bytes are there, belong together and belong here. */
  readonly problems: readonly string[];
  /** What the bytes hash to, else what the row says; null where neither is there. */
  readonly leaf: Uint8Array | null;
  /** What the row says, where its bytes hash to something else: one of the two was changed. */
  readonly stated: Uint8Array | null;
  /** Null where it cannot be read, or has expired. */
  readonly entry: Entry | null;
};

/**
 * trust: whoever can write the database wrote this. Whatever cannot be an entry of this log at this place is named. Bytes
 * that have expired are missed by nobody; their row's leaf hash is what is left.
 */
export function checkStoredEntry(
  origin: string,
  { index, row, bodies }: StoredPlace,
  expiredBelow = 0,
): CheckedPlace {
  const [body] = bodies;
  if (!body && row && index < expiredBelow)
    return { problems: [], leaf: row.leafHash, stated: null, entry: null };
  if (!body) {
    const problem = row
      ? `The bytes of entry ${index} are missing: they were deleted. Its leaf hash is still there.`
      : `Entry ${index} is missing: its row and its bytes were deleted.`;
    return { problems: [problem], leaf: row?.leafHash ?? null, stated: null, entry: null };
  }
  const problems: string[] = [];
  const say = (words: string) => problems.push(words);
  if (bodies.length > 1) say(`Entry ${index} has ${bodies.length} sets of bytes: some were inserted.`);
  const leaf = leafHash(nodeCrypto, body.bytes);
  if (!row) say(`The row of entry ${index} is missing: it was deleted. Its bytes are still there.`);
  const entry = read(body.bytes, index, say);
  if (entry !== null) {
    if (entry.log !== origin) say(`The bytes stored as entry ${index} belong to another log, ${entry.log}.`);
    if (entry.index !== index)
      say(`The bytes stored as entry ${index} say that they are entry ${entry.index}: they were moved.`);
    if (row && entry.type !== row.type)
      say(`The row of entry ${index} says "${row.type}", its bytes say "${entry.type}".`);
    const at = entry.at;
    if (row && row.appendedAt.toISOString() !== at)
      say(
        `The row of entry ${index} says it was appended at ${row.appendedAt.toISOString()}, its bytes say ${at}.`,
      );
  }
  return { problems, leaf, stated: row && !row.leafHash.equals(leaf) ? row.leafHash : null, entry };
}

function read(bytes: Uint8Array, index: number, say: (words: string) => void): Entry | null {
  try {
    return decodeEntry(bytes);
  } catch (error) {
    if (!(error instanceof EntryError)) throw error;
    say(`The bytes of entry ${index} are no entry: ${error.message}`);
    return null;
  }
}
