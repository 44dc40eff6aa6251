import { endOfString } from "../core/calls/measure-json.ts";

/**
 * The texts of a JSON array's elements, found without parsing any of them, so that each can be measured before it is; null
 * in their place where the bytes are no array from end to end.
 *
 * trust: brackets are counted and not matched. Whoever parses each element finds what is no JSON.
 */
export function* arrayElements(json: Uint8Array): Generator<Uint8Array | null> {
  let at = afterBlanks(json, 0);
  if (json[at] !== openBracket) return yield null;
  at = afterBlanks(json, at + 1);
  if (json[at] === closeBracket) {
    if (afterBlanks(json, at + 1) < json.length) yield null;
    return;
  }
  let from = at;
  let depth = 1;
  for (; at < json.length; at++) {
    switch (json[at]) {
      case quote:
        at = endOfString(json, at);
        break;
      case openBrace:
      case openBracket:
        depth++;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        if (depth > 0) break;
        yield json[at] === closeBracket && afterBlanks(json, at + 1) === json.length
          ? json.subarray(from, at)
          : null;
        return;
      case comma:
        if (depth > 1) break;
        yield json.subarray(from, at);
        from = at + 1;
    }
  }
  yield null;
}

/** Where the first byte stands that is no blank of JSON's. */
export function afterBlanks(json: Uint8Array, from: number): number {
  let at = from;
  while (at < json.length && blanks.has(json[at] ?? 0)) at++;
  return at;
}

const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
