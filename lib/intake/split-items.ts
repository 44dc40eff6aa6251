import { intakeLimits } from "../contracts/intake.ts";
import { IntakeRefusal } from "./intake-refusal.ts";

/** One item of a body: what it says, or why it says nothing. */
export type Item = { readonly value: unknown } | { readonly problem: string; readonly tooLarge?: true };

/** `json`: an array, or one object. `ndjson`: one object a line; empty lines are none. */
export type ItemForm = "json" | "ndjson";

export type ItemLimits = {
  /** Of one line. */
  readonly recordBytesMax: number;
  /** Whether a body that is no JSON as a whole may be lines, whatever its type says. */
  readonly orLines: boolean;
};

const nativeItems: ItemLimits = { recordBytesMax: intakeLimits.recordBytesMax, orLines: false };

/** LiteLLM's records hold prompts and answers, and it sends lines under `application/json`, too (`generic_api`, 2026-11). */
export const litellmItems: ItemLimits = { recordBytesMax: 4 * 1024 * 1024, orLines: true };

/**
 * The items of a body. trust: a line that cannot be read stands for itself; a JSON array that cannot be read is refused
 * whole, for nobody can say where its items end.
 */
export function splitItems(body: Uint8Array, form: ItemForm, limits = nativeItems): Item[] {
  const asLines = form === "ndjson" || (limits.orLines && isLines(body));
  const items = asLines ? linesOf(body, limits) : arrayOf(body);
  if (items.length > intakeLimits.recordsMax) throw tooMany();
  return items;
}

function arrayOf(body: Uint8Array): Item[] {
  let whole: unknown;
  try {
    whole = JSON.parse(textOf(body));
  } catch (error) {
    throw new IntakeRefusal("body_unreadable", {
      cause: error,
      message: "The body is no JSON. Nothing was recorded.",
    });
  }
  if (Array.isArray(whole)) return whole.map((value) => ({ value }));
  if (typeof whole === "object" && whole !== null) return [{ value: whole }];
  throw new IntakeRefusal("body_unreadable", {
    message: "The body is neither a JSON array of records nor one record. Nothing was recorded.",
  });
}

/** Objects one a line: the first line is a whole one, and more stands behind it. */
function isLines(body: Uint8Array): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const end = bytes.indexOf(0x0a);
  if (end <= 0 || isBlank(bytes.subarray(end, end + 64))) return false;
  try {
    return (
      /^\s*\{/.test(bytes.toString("latin1", 0, 64)) && JSON.parse(textOf(bytes.subarray(0, end))) !== null
    );
  } catch {
    return false;
  }
}

function linesOf(body: Uint8Array, { recordBytesMax }: ItemLimits): Item[] {
  const items: Item[] = [];
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(0x0a, from);
    const until = found === -1 ? bytes.length : found;
    const line = bytes.subarray(from, until);
    from = until + 1;
    if (isBlank(line)) continue;
    if (items.length >= intakeLimits.recordsMax) throw tooMany();
    items.push(itemOf(line, recordBytesMax));
  }
  return items;
}

function itemOf(line: Buffer, recordBytesMax: number): Item {
  if (line.length > recordBytesMax)
    return { problem: `The line is longer than ${recordBytesMax} bytes.`, tooLarge: true };
  try {
    return { value: JSON.parse(textOf(line)) };
  } catch {
    return { problem: "The line is no JSON." };
  }
}

function isBlank(line: Buffer): boolean {
  return line.length < 64 && line.toString("latin1").trim() === "";
}

/** trust: bytes that are no UTF-8 are refused, not replaced: two different records must not become one. */
function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function tooMany(): IntakeRefusal {
  return new IntakeRefusal("too_many_records", {
    message: `One request holds at most ${intakeLimits.recordsMax} records. Nothing was recorded. Send less at once.`,
  });
}
