import { createLoader, createSerializer, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import { anyOf } from "./any-of.ts";
import { rangeOf, rangeParsers } from "./range-parsers.ts";
import { type UsageSearch, usageDimensions, usageSearch } from "./usage.ts";

export const usageMeasures = ["calls", "tokens", "cost"] as const;
export type UsageMeasure = (typeof usageMeasures)[number];

/** What the URL of `/usage` says: tenant, time range, what is counted by, and what the figures are confined to. */
export const usageParsers = {
  ...rangeParsers,
  by: parseAsStringLiteral(usageDimensions).withDefault("region"),
  application: anyOf,
  region: anyOf,
  model: anyOf,
  operation: anyOf,
  /** What the chart draws. */
  show: parseAsStringLiteral(usageMeasures).withDefault("calls"),
  /** What the table shows: what fits on most screens, or all there is. */
  columns: parseAsStringLiteral(["main", "all"]).withDefault("main"),
};
export type UsageState = inferParserType<typeof usageParsers>;

/** What of the state is asked for; the rest is how the answer is looked at. */
export function askedOf({ show: _, columns: __, ...asked }: UsageState): UsageAsked {
  return asked;
}
export type UsageAsked = Omit<UsageState, "show" | "columns">;

/** The state from a page's `searchParams`. */
export const readUsageState = createLoader(usageParsers);

const serialize = createSerializer(usageParsers);

/** `path` with exactly this state in its URL. */
export function usageHref(path: string, state: Partial<UsageState>): string {
  return serialize(path, state);
}

/** The state as services take it; what is no instant or no name is left out. */
export function usageSearchOf(state: UsageAsked): UsageSearch {
  const named = (of: "application" | "region" | "model" | "operation") => {
    const read = usageSearch.shape[of].safeParse(state[of]);
    return read.success ? read.data : [];
  };
  return {
    ...rangeOf(state),
    by: state.by,
    application: named("application"),
    region: named("region"),
    model: named("model"),
    operation: named("operation"),
  };
}
