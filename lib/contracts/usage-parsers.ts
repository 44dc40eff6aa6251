import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { rangeOf, rangeParsers } from "./range-parsers.ts";
import { type UsageSearch, usageDimensions, usageSearch } from "./usage.ts";

const anyOf = parseAsNativeArrayOf(parseAsString);

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
};
export type UsageState = inferParserType<typeof usageParsers>;

/** The state from a page's `searchParams`. */
export const readUsageState = createLoader(usageParsers);

const serialize = createSerializer(usageParsers);

/** `path` with exactly this state in its URL. */
export function usageHref(path: string, state: Partial<UsageState>): string {
  return serialize(path, state);
}

/** The state as services take it; what is no instant or no name is left out. */
export function usageSearchOf(state: UsageState): UsageSearch {
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
