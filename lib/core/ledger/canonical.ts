import { isSurelyCanonical } from "./canonical-scan.ts";

/**
 * What an entry may hold: JSON without fractions. Numbers are integers within ±(2^53-1); keys are lower-case names;
 * strings are well-formed UTF-16.
 */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

/** A value or bytes outside the profile. `path` names the place, such as `body.attempts[0].host`; empty for the whole. */
export class CanonicalError extends Error {
  override readonly name = "CanonicalError";
  readonly path: string;
  readonly problem: string;

  constructor(path: string, problem: string) {
    super(`${path === "" ? "The value" : path} ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}

/** An entry has at most this many bytes. */
export const entryBytesMax = 16_384;

/** The one encoding of a value, RFC 8785 within our profile. Throws CanonicalError for what the profile does not know. */
export function canonicalBytes(value: CanonicalValue, bytesMax: number = entryBytesMax): Uint8Array {
  return canonicalTextBytes(canonicalText(value), bytesMax);
}

/** The bytes of a text that is in canonical form already. Throws CanonicalError where they are too many. */
export function canonicalTextBytes(text: string, bytesMax: number = entryBytesMax): Uint8Array {
  const bytes = utf8Of(text);
  if (bytes.length > bytesMax) throw new CanonicalError("", tooLong(bytes.length, bytesMax));
  return bytes;
}

/** An entry is written where there is room already and copied out at its length: cheaper than to let it be measured first. */
function utf8Of(text: string): Uint8Array {
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 > scratch.length) return utf8.encode(text);
  return scratch.slice(0, utf8.encodeInto(text, scratch).written);
}

/**
 * Reads a value from its one encoding. trust: bytes that a second reader might read otherwise (duplicate members, odd
 * escapes, `1.0`, another order, white space, a byte order mark) are refused, since they are not what we would write.
 */
export function parseCanonical(bytes: Uint8Array, bytesMax: number = entryBytesMax): CanonicalValue {
  if (bytes.length > bytesMax) throw new CanonicalError("", tooLong(bytes.length, bytesMax));
  const text = decode(bytes);
  const value = parse(text);
  if (!isSurelyCanonical(bytes) && canonicalText(value) !== text)
    throw new CanonicalError("", "is not written the one way it is to be written.");
  return value;
}

/** The same encoding with any well-formed string as a key: RFC 8785 without fractions, for documents of others. */
export function canonicalTextWithAnyKeys(value: CanonicalValue): string {
  return textOf(value, isWellFormed, 0);
}

const utf8 = new TextEncoder();
const scratch = new Uint8Array(3 * entryBytesMax);
const utf8Strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const depthMax = 64;

/**
 * The same encoding as text. What is in order already, JSON.stringify writes as we would, and several times as fast. Throws
 * CanonicalError for what the profile does not know.
 */
export function canonicalText(value: CanonicalValue): string {
  return isInOrder(value, 0) ? JSON.stringify(value) : textOf(value, isMemberName, 0);
}

/** Whether a value is within the profile, and each object's members come in the order of the encoding. */
function isInOrder(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed();
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0);
    case "boolean":
      return true;
    case "object":
      if (value === null) return true;
      if (depth === depthMax) return false;
      return Array.isArray(value) ? isListInOrder(value, depth) : isObjectInOrder(value, depth);
    default:
      return false;
  }
}

function isListInOrder(list: readonly unknown[], depth: number): boolean {
  for (let i = 0; i < list.length; i++) if (!isInOrder(list[i], depth + 1)) return false;
  return true;
}

function isObjectInOrder(value: object, depth: number): boolean {
  if (!isPlain(value)) return false;
  let last = "";
  const members = value as Readonly<Record<string, unknown>>;
  // Of a plain object: its own members. Faster than a list of them.
  for (const key in members) {
    if (key <= last || !isMemberName(key)) return false;
    last = key;
    if (!isInOrder(members[key], depth + 1)) return false;
  }
  return true;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8Strict.decode(bytes);
  } catch {
    throw new CanonicalError("", "is not UTF-8.");
  }
}

function parse(text: string): CanonicalValue {
  try {
    return JSON.parse(text);
  } catch {
    throw new CanonicalError("", "is not JSON.");
  }
}

/** The path of an error is put together while the error climbs, so that good values pay nothing for it. */
function textOf(value: unknown, isKey: (key: string) => boolean, depth: number): string {
  switch (typeof value) {
    case "string":
      return textOfString(value);
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0))
        throw new CanonicalError("", "is no integer within ±(2^53-1).");
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (depth === depthMax) throw new CanonicalError("", `is nested deeper than ${depthMax}.`);
      return Array.isArray(value) ? textOfList(value, isKey, depth) : textOfObject(value, isKey, depth);
    default:
      throw new CanonicalError("", `is of type ${typeof value}, which JSON does not know.`);
  }
}

function textOfList(list: readonly unknown[], isKey: (key: string) => boolean, depth: number): string {
  let text = "[";
  for (let i = 0; i < list.length; i++) {
    if (i > 0) text += ",";
    try {
      text += textOf(list[i], isKey, depth + 1);
    } catch (error) {
      throw within(`[${i}]`, error);
    }
  }
  return `${text}]`;
}

function textOfObject(value: object, isKey: (key: string) => boolean, depth: number): string {
  if (!isPlain(value)) throw new CanonicalError("", "is no plain object.");
  const members = value as Readonly<Record<string, unknown>>;
  let text = "{";
  for (const key of inOrder(Object.keys(members))) {
    const name = nameOf(key, isKey);
    if (text.length > 1) text += ",";
    try {
      text += name + textOf(members[key], isKey, depth + 1);
    } catch (error) {
      throw within(key, error);
    }
  }
  return `${text}}`;
}

/** `"key":`. The names of our own entries come again and again; they are kept, and no more than they. */
function nameOf(key: string, isKey: (key: string) => boolean): string {
  const known = isKey === isMemberName ? names.get(key) : undefined;
  if (known !== undefined) return known;
  if (!isKey(key)) throw new CanonicalError(shown(key), "is no name for a member.");
  const name = `${textOfString(key)}:`;
  if (isKey === isMemberName && names.size < namesKept) names.set(key, name);
  return name;
}

const names = new Map<string, string>();
const namesKept = 1_000;

/** By UTF-16 code unit, as RFC 8785 has it. Most objects come in order. */
function inOrder(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return keys.sort();
  return keys;
}

function textOfString(value: string): string {
  if (!needsCare.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw new CanonicalError("", "holds half a surrogate pair.");
  return JSON.stringify(value);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what JSON escapes.
const needsCare = /[\u0000-\u001f"\\\ud800-\udfff]/;

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const memberName = /^[a-z][a-z0-9_]{0,39}$/;

/** Entries have few names and many members: a name that was good is good. */
const goodNames = new Set<string>();
const goodNamesMax = 4_096;

function isMemberName(key: string): boolean {
  if (goodNames.has(key)) return true;
  if (!memberName.test(key)) return false;
  if (goodNames.size < goodNamesMax) goodNames.add(key);
  return true;
}

const isWellFormed = (key: string): boolean => key.isWellFormed();

const tooLong = (length: number, max: number): string => `has ${length} bytes; ${max} are the most.`;

function within(place: string, error: unknown): unknown {
  if (!(error instanceof CanonicalError)) return error;
  const { path, problem } = error;
  return new CanonicalError(path === "" || path.startsWith("[") ? place + path : `${place}.${path}`, problem);
}

const shown = (key: string): string => JSON.stringify(key.toWellFormed().slice(0, 60));
