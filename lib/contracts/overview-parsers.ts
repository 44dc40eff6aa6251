import { createLoader, createSerializer, type inferParserType } from "nuqs/server";
import { anyOf } from "./any-of.ts";
import { type OverviewSearch, overviewSearch } from "./overview.ts";
import { rangeOf, rangeParsers } from "./range-parsers.ts";

/** What the URL of `/` says: tenant, time range, and the applications it is confined to, by name. */
export const overviewParsers = { ...rangeParsers, application: anyOf };
export type OverviewState = inferParserType<typeof overviewParsers>;

/** The state from a page's `searchParams`. */
export const readOverviewState = createLoader(overviewParsers);

const serialize = createSerializer(overviewParsers);

/** `path` with exactly this state in its URL. */
export function overviewHref(path: string, state: OverviewState): string {
  return serialize(path, state);
}

/** The state as services take it; what is no instant or no name is left out. */
export function overviewSearchOf(state: OverviewState): OverviewSearch {
  const application = overviewSearch.shape.application.safeParse(state.application);
  return { ...rangeOf(state), application: application.success ? application.data : [] };
}
