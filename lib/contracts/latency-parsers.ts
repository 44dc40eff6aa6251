import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsNativeArrayOf,
  parseAsString,
} from "nuqs/server";
import { type LatencySearch, latencySearch } from "./latency.ts";
import { rangeOf, rangeParsers } from "./range-parsers.ts";

const anyOf = parseAsNativeArrayOf(parseAsString);

/** What the URL of `/latency` says: tenant, time range, and what the figures are confined to. */
export const latencyParsers = { ...rangeParsers, application: anyOf, model: anyOf, operation: anyOf };
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
