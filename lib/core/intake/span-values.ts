import { asToken, asTokenCount } from "../calls/json-fields.ts";
import type { ReportedSpan, SpanValue } from "./reported-span.ts";

export type { ReportedSpan, SpanValue } from "./reported-span.ts";

/** Reading of attributes. Trust: any value may stand under any name; what does not fit is not told. */
export function asText(value: SpanValue | undefined): string | null {
  return typeof value === "string" && value.length > 0 ? value : null;
}

/** The first of several names under which a span holds a token. */
export function tokenOf({ attributes }: ReportedSpan, charsMax: number, ...names: string[]): string | null {
  for (const name of names) {
    const token = asToken(attributes.get(name), charsMax);
    if (token !== null) return token;
  }
  return null;
}

export function countOf({ attributes }: ReportedSpan, ...names: string[]): number | null {
  for (const name of names) {
    const count = asTokenCount(attributes.get(name));
    if (count !== null) return count;
  }
  return null;
}

/** Whole milliseconds of a number of seconds or milliseconds. */
export function millisecondsOf(
  { attributes }: ReportedSpan,
  names: readonly { readonly name: string; readonly perUnit: number }[],
): number | null {
  for (const { name, perUnit } of names) {
    const value = attributes.get(name);
    if (typeof value === "number" && value >= 0) return asTokenCount(Math.round(value * perUnit));
  }
  return null;
}

/** The one word of a list of one, or the first of several. */
export function firstOf(value: SpanValue | undefined, charsMax: number): string | null {
  return asToken(Array.isArray(value) ? value[0] : value, charsMax);
}
