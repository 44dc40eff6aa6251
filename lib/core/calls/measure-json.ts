export type JsonMeasure = {
  /** Members of all objects, those of a repeated name counted each. */
  readonly allMembers: number;
  readonly depth: number;
  /** Objects and arrays, empty ones too. */
  readonly containers: number;
  /** Everything that a comma or a colon stands before or after, about. */
  readonly values: number;
};

/**
 * Measures a JSON text in one pass and keeps nothing of it.
 *
 * trust: parsers keep the first or the last of two members of one name; where there are more members than names
 * (`namesTwice`), what we judged need not be what the provider reads. And a text of `[[[[…` or `[],[],…` takes twenty times its size when
 * it is parsed: what is too deep or too many is not parsed.
 *
 * Of a text that is no JSON the figures hold up to the place where a parser stops.
 */
export function measureJson(json: Uint8Array): JsonMeasure {
  let allMembers = 0;
  let depth = 0;
  let deepest = 0;
  let containers = 0;
  let values = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case quote:
        at = endOfString(json, at);
        break;
      case openBrace:
      case openBracket:
        depth++;
        containers++;
        if (depth > deepest) deepest = depth;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        break;
      case comma:
        values++;
        break;
      case colon:
        values++;
        allMembers++;
    }
  }
  return { allMembers, depth: deepest, containers, values };
}

/** Deeper than any schema a provider takes, and more than the largest answer of embeddings holds. */
const depthMax = 128;
const containersMax = 500_000;
const valuesMax = 6_000_000;

/** Whether a text may be parsed. */
export function isModestJson({ depth, containers, values }: JsonMeasure): boolean {
  return depth <= depthMax && containers <= containersMax && values <= valuesMax;
}

/** Whether any object in the text names a member twice; `parsed` is what a parser made of the text that was measured. */
export function namesTwice({ allMembers }: JsonMeasure, parsed: unknown): boolean {
  return countNames(parsed) !== allMembers;
}

function countNames(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let names = 0;
  if (Array.isArray(value)) for (const each of value) names += countNames(each);
  else
    for (const each of Object.values(value)) {
      names += 1 + countNames(each);
    }
  return names;
}

/** Shorter texts cannot hold enough to matter. */
const measuredFrom = 4_096;

/** What a text from outside says; undefined where it is no JSON, or too deep or too much of it. */
export function parseJson(text: string): unknown {
  if (text.length > measuredFrom && !isModestJson(measureJson(new TextEncoder().encode(text))))
    return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** As `parseJson`; undefined also for a text that two readers may take differently, for then nobody has read it. */
export function parseExactly(text: string): unknown {
  const measure = measureJson(new TextEncoder().encode(text));
  if (!isModestJson(measure)) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return namesTwice(measure, json) ? undefined : json;
  } catch {
    return undefined;
  }
}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Where the string that begins at `start` ends. */
export function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}
