import { isUtf8 } from "node:buffer";
import { intakeLimits } from "../contracts/intake.ts";
import { isModestJson, measureJson } from "../core/calls/measure-json.ts";
import { afterBlanks, arrayElements } from "./array-elements.ts";
import { IntakeRefusal } from "./intake-refusal.ts";

/** One item of a body: what it says, or why it says nothing. */
export type Item = { readonly value: unknown } | { readonly problem: string; readonly tooLarge?: true };

/** `json`: an array, or one object. `ndjson`: one object a line; empty lines are none. */
export type ItemForm = "json" | "ndjson";

export type ItemLimits = {
  /** Of one item as it is written. */
  readonly recordBytesMax: number;
  /** Whether a body that is no JSON as a whole may be lines, whatever its type says. */
  readonly orLines: boolean;
};

const nativeItems: ItemLimits = { recordBytesMax: intakeLimits.recordBytesMax, orLines: false };

/** LiteLLM's records hold prompts and answers, and it sends lines under `application/json`, too (`generic_api`, 2026-11). */
export const litellmItems: ItemLimits = { recordBytesMax: 4 * 1024 * 1024, orLines: true };

/**
 * The items of a body, each parsed when it is asked for: whoever lets go of one before the next holds one at a time.
 * trust: a line that cannot be read stands for itself; a JSON array that cannot be read is refused whole, for nobody can
 * say where its items end. A text takes up to thirty times its size when it is parsed (`[],[],…`), so none is that is
 * longer than an item may be.
 */
export function* splitItems(
  body: Uint8Array,
  form: ItemForm,
  limits: ItemLimits = nativeItems,
): Generator<Item> {
  const whole = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const bytes = whole.indexOf(byteOrderMark) === 0 ? whole.subarray(byteOrderMark.length) : whole;
  const asLines = form === "ndjson" || (limits.orLines && isLines(bytes, limits));
  let count = 0;
  for (const item of asLines ? linesOf(bytes, limits) : itemsOf(bytes, limits)) {
    if (++count > intakeLimits.recordsMax) throw tooMany();
    yield item;
  }
}

function* itemsOf(body: Buffer, limits: ItemLimits): Generator<Item> {
  // Bytes that are no UTF-8 are refused, not replaced: two different records must not become one.
  if (!isUtf8(body)) throw unreadable("The body is no JSON. Nothing was recorded.");
  const isArray = body[afterBlanks(body, 0)] === openBracket;
  const elements = isArray ? arrayElements(body) : [body];
  for (const element of elements) {
    if (element !== null && element.length > limits.recordBytesMax) {
      yield tooLarge("record", limits);
      continue;
    }
    const value = element === null ? undefined : parse(element);
    if (value === undefined) throw unreadable("The body is no JSON. Nothing was recorded.");
    if (value === excessive) yield { problem: "The record is too deep or holds too much." };
    else if (isArray || (typeof value === "object" && value !== null)) yield { value };
    else
      throw unreadable("The body is neither a JSON array of records nor one record. Nothing was recorded.");
  }
}

/** Objects one a line: the first line is a whole one, and more stands behind it. */
function isLines(bytes: Buffer, { recordBytesMax }: ItemLimits): boolean {
  const end = bytes.indexOf(0x0a);
  if (end <= 0 || isBlank(bytes.subarray(end, end + 64))) return false;
  if (!/^\s*\{/.test(bytes.toString("latin1", 0, 64))) return false;
  return end > recordBytesMax || parse(bytes.subarray(0, end)) !== undefined;
}

function* linesOf(bytes: Buffer, limits: ItemLimits): Generator<Item> {
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(0x0a, from);
    const until = found === -1 ? bytes.length : found;
    const line = bytes.subarray(from, until);
    from = until + 1;
    if (isBlank(line)) continue;
    if (line.length > limits.recordBytesMax) {
      yield tooLarge("line", limits);
      continue;
    }
    const value = isUtf8(line) ? parse(line) : undefined;
    if (value === undefined) yield { problem: "The line is no JSON." };
    else yield value === excessive ? { problem: "The line is too deep or holds too much." } : { value };
  }
}

/** Stands where a text would be too much of it when it is parsed. */
const excessive = Symbol("excessive");
/** Shorter texts cannot hold enough to matter. */
const measuredFrom = 4_096;

/** What UTF-8 says; undefined where it is no JSON. */
function parse(json: Uint8Array): unknown {
  if (json.length > measuredFrom && !isModestJson(measureJson(json))) return excessive;
  try {
    return JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString());
  } catch {
    return undefined;
  }
}

function isBlank(line: Buffer): boolean {
  return line.length < 64 && line.toString("latin1").trim() === "";
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const openBracket = 0x5b;

function tooLarge(what: "record" | "line", { recordBytesMax }: ItemLimits): Item {
  return { problem: `The ${what} is longer than ${recordBytesMax} bytes.`, tooLarge: true };
}

function unreadable(message: string): IntakeRefusal {
  return new IntakeRefusal("body_unreadable", { message });
}

function tooMany(): IntakeRefusal {
  return new IntakeRefusal("too_many_records", {
    message: `One request holds at most ${intakeLimits.recordsMax} records. Nothing was recorded. Send less at once.`,
  });
}
