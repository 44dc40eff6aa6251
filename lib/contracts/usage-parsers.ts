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

/** What the URL of `/usage` says: tenant, time range, what is counted by, and the applications it is confined to. */
export const usageParsers = {
  ...rangeParsers,
  by: parseAsStringLiteral(usageDimensions).withDefault("region"),
  application: parseAsNativeArrayOf(parseAsString),
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
  const application = usageSearch.shape.application.safeParse(state.application);
  return { ...rangeOf(state), by: state.by, application: application.success ? application.data : [] };
}
