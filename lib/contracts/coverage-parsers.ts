import { createLoader, createSerializer, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import type { RangeSearch } from "./range.ts";
import { rangeOf, rangeParsers } from "./range-parsers.ts";

/** What the URL of `/usage/coverage` says. */
export const coverageParsers = {
  ...rangeParsers,
  /** Which rows the table shows. */
  rows: parseAsStringLiteral(["all", "differing"]).withDefault("differing"),
};
export type CoverageState = inferParserType<typeof coverageParsers>;
export type CoverageAsked = Omit<CoverageState, "rows">;

/** What of the state is asked for; the rest is how the answer is looked at. */
export function coverageAskedOf({ rows: _, ...asked }: CoverageState): CoverageAsked {
  return asked;
}

/** The state from a page's `searchParams`. */
export const readCoverageState = createLoader(coverageParsers);

const serialize = createSerializer(coverageParsers);

/** `path` with exactly this state in its URL. */
export function coverageHref(path: string, state: Partial<CoverageState>): string {
  return serialize(path, state);
}

export function coverageSearchOf(state: CoverageAsked): RangeSearch {
  return rangeOf(state);
}
