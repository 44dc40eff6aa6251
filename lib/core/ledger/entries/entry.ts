import { isObject } from "../../is-object.ts";
import {
  CanonicalError,
  type CanonicalValue,
  canonicalText,
  canonicalTextBytes,
  parseCanonical,
} from "../canonical.ts";

/** What an entry can be. An entry of another type is refused, never passed over. */
export const entryTypes = [
  "call",
  "late_outcome",
  "heartbeat",
  "boot_closed",
  "event",
  "signer",
  "epoch_opened",
] as const;

export type EntryType = (typeof entryTypes)[number];

/** One leaf of a log: its bytes are what is hashed. Log and index bind it to one tree and one place in it. */
export type Entry = {
  /** Origin of the log. */
  readonly log: string;
  /** Place in the log, from 0. */
  readonly index: number;
  readonly type: EntryType;
  /** When it was appended, RFC 3339 UTC with milliseconds. */
  readonly at: string;
  readonly body: CanonicalValue;
  /** SHA-256 commitments (base64) by field; the values are not in the log. */
  readonly commit?: Readonly<Record<string, string>>;
};

/** Bytes that are no entry, or none that this program understands. `place` names the member. */
export class EntryError extends Error {
  override readonly name = "EntryError";
  readonly place: string;

  constructor(place: string, problem: string, cause?: unknown) {
    super(`${place === "" ? "The entry" : place} ${problem}`, { cause });
    this.place = place;
  }
}

const version = 1;

/** The bytes of an entry: canonical JSON, hashed and stored as they are. */
export function encodeEntry({ body, ...frame }: Entry): Uint8Array {
  if (!isObject(body)) throw new EntryError("body", "is no object.");
  return encodeWritten(frame, canonicalText(body));
}

/** The same where the body was written before: its own canonical text, of an object. */
export function encodeWritten(frame: Omit<Entry, "body">, bodyText: string): Uint8Array {
  checkFrame(frame);
  const { log, index, type, at, commit } = frame;
  // In the order of the encoding; every one of these is plain text after the check.
  const committed = commit === undefined ? "" : `,"commit":${canonicalText(commit)}`;
  return canonicalTextBytes(
    `{"at":"${at}","body":${bodyText}${committed},"index":${index},"log":${JSON.stringify(log)},"type":"${type}","v":${version}}`,
  );
}

/**
 * Reads an entry back. trust: bytes come from a store or a file; whatever is not exactly an entry of a version and type
 * we know is refused. The body is read by its type's own reader.
 */
export function decodeEntry(bytes: Uint8Array): Entry {
  const value = parse(bytes);
  if (!isObject(value)) throw new EntryError("", "is no object.");
  if (value.v !== version) throw new EntryError("v", "is not 1, the only version this program knows.");
  const extra = Object.keys(value).find((name) => !members.has(name));
  if (extra !== undefined) throw new EntryError(extra, "is no member of an entry.");
  const { log, index, type, at, body, commit } = value;
  if (body === undefined) throw new EntryError("body", "is missing.");
  const entry = { log, index, type, at, body, ...(commit === undefined ? {} : { commit }) } as Entry;
  checkFrame(entry);
  if (!isObject(body)) throw new EntryError("body", "is no object.");
  return entry;
}

const members: ReadonlySet<string> = new Set(["v", "log", "index", "type", "at", "body", "commit"]);

function parse(bytes: Uint8Array): CanonicalValue {
  try {
    return parseCanonical(bytes);
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    throw new EntryError("", `is not canonical: ${error.message}`, error);
  }
}

function checkFrame({ log, index, type, at, commit }: Omit<Entry, "body">): void {
  if (typeof log !== "string" || !/^[\x21-\x2a\x2c-\x7e]{1,254}$/.test(log))
    throw new EntryError("log", "is no origin.");
  if (typeof index !== "number" || !Number.isSafeInteger(index) || index < 0)
    throw new EntryError("index", "is no place in a log.");
  if (!entryTypes.includes(type)) throw new EntryError("type", "is none this program knows.");
  if (typeof at !== "string" || !timeForm.test(at))
    throw new EntryError("at", "is no UTC time to the millisecond.");
  if (commit === undefined) return;
  if (!isObject(commit) || Object.keys(commit).length === 0) throw new EntryError("commit", "holds nothing.");
  for (const [field, value] of Object.entries(commit))
    if (typeof value !== "string" || !/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(value))
      throw new EntryError(`commit.${field}`, "is no SHA-256 in base64.");
}

const timeForm =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
