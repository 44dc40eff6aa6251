import type { ReportedSpan } from "../../core/intake/reported-span.ts";

/** What one export may hold. More is refused whole: whoever sends it makes smaller batches. */
export const exportLimits = {
  /**
   * The collector's batch processor sends when it holds 8,192, and all it holds (its README, defaults, 2026-11): with another
   * collector before it up to 16,383. It would drop what is refused. Most of a trace are no calls.
   */
  spansMax: 20_000,
  /** Fields of every kind that may have to be looked at, known or not. */
  fieldsMax: 2_000_000,
  /** The same of JSON, whose parser makes an object of each: names, and commas and colons. */
  membersMax: 1_000_000,
  valuesMax: 2_000_000,
  /** A longer text is no name or id of anything, and is not decoded. */
  textBytesMax: 4_096,
  listMax: 64,
} as const;

/** The body is no export that can be read. The message says why, without a word of it. */
export class UnreadableExport extends Error {
  override readonly name = "UnreadableExport";
}

export type DecodedExport = {
  readonly spans: readonly ReportedSpan[];
  /** Spans without the ids that every span has. */
  readonly malformed: number;
};
