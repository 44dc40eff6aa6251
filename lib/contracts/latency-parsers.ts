import { createLoader, createSerializer, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import { anyOf } from "./any-of.ts";
import { type LatencySearch, latencySearch } from "./latency.ts";
import { rangeOf, rangeParsers } from "./range-parsers.ts";

export const latencyMeasures = ["total", "firstToken"] as const;
export type LatencyMeasure = (typeof latencyMeasures)[number];
export const percentileIds = ["p50", "p95", "p99"] as const;
export type PercentileId = (typeof percentileIds)[number];

export const latencyRowIds = ["region", "model"] as const;
export type LatencyRowId = (typeof latencyRowIds)[number];

/** What the URL of `/latency` says: tenant, time range, what the figures are confined to, and what is drawn. */
export const latencyParsers = {
  ...rangeParsers,
  application: anyOf,
  model: anyOf,
  operation: anyOf,
  /** What the chart draws. */
  measure: parseAsStringLiteral(latencyMeasures).withDefault("total"),
  percentile: parseAsStringLiteral(percentileIds).withDefault("p95"),
  /** What the table lists: regions with their models, or models with their regions. */
  rows: parseAsStringLiteral(latencyRowIds).withDefault("region"),
};
export type LatencyState = inferParserType<typeof latencyParsers>;

/** The state from a page's `searchParams`. */
export const readLatencyState = createLoader(latencyParsers);

const serialize = createSerializer(latencyParsers);

/** `path` with exactly this state in its URL. */
export function latencyHref(path: string, state: Partial<LatencyState>): string {
  return serialize(path, state);
}

/** The state as services take it; what is no instant or no name is left out. */
export function latencySearchOf(state: LatencyState): LatencySearch {
  const { application, model, operation } = state;
  const named = (of: "application" | "model" | "operation", names: readonly string[]) => {
    const read = latencySearch.shape[of].safeParse(names);
    return read.success ? read.data : [];
  };
  return {
    ...rangeOf(state),
    application: named("application", application),
    model: named("model", model),
    operation: named("operation", operation),
  };
}
