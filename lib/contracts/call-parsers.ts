import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { anyOf } from "./any-of.ts";
import { type CallFacet, type CallSearch, callFacets } from "./calls.ts";
import type { Window } from "./range.ts";
import { rangeParsers } from "./range-parsers.ts";

export const callFacetParsers = {
  verdict: anyOf,
  band: anyOf,
  reason: anyOf,
  region: anyOf,
  host: anyOf,
  model: anyOf,
  operation: anyOf,
  application: anyOf,
  environment: anyOf,
  data: anyOf,
  owner: anyOf,
  source: anyOf,
  basis: anyOf,
} satisfies Record<CallFacet, typeof anyOf>;

/** What the URL of `/calls` says: the list's search in the words of `callSearch`, the open call, the live tail. */
export const callPageParsers = {
  ...rangeParsers,
  ...callFacetParsers,
  /** Id of the call whose side sheet is open. */
  call: parseAsString,
  /** `on`: follow calls as they are recorded. `off`, the default: announce them. */
  live: parseAsStringLiteral(["on", "off"]).withDefault("off"),
};
export type CallPageState = inferParserType<typeof callPageParsers>;

/** The state as a page's `searchParams` have it. */
export const readCallState = createLoader(callPageParsers);

const serialize = createSerializer(callPageParsers);

/** Link to `/calls` that shows exactly these. */
export function callsHref(state: Partial<CallPageState>): string {
  return serialize("/calls", state);
}

/** Link to `/calls` that shows exactly the calls that a figure over a window counts. */
export function countedCallsHref(
  { from, to }: Pick<Window, "from" | "to">,
  state: Partial<CallPageState>,
): string {
  const { range: _range, ...narrowed } = state;
  return callsHref({ ...narrowed, from, to });
}

export type CallFilters = Omit<CallSearch, "cursor" | "upTo" | "limit">;

/** The part of the URL's state that decides which calls are listed. */
export function callFilters(state: CallPageState): CallFilters {
  const { call: _call, live: _live, tenant, from, to, ...rest } = state;
  return { ...rest, tenant: tenant ?? undefined, from: from ?? undefined, to: to ?? undefined };
}

/** True when something beside the window and the tenant narrows the list. */
export function isFiltered(filters: Pick<CallFilters, CallFacet>): boolean {
  return callFacets.some((facet) => filters[facet].length > 0);
}

/** The same filters as a query string of `/api/calls`: a repeated word for "any of". */
export function callSearchParams(filters: CallFilters): URLSearchParams {
  return new URLSearchParams(serialize({ ...filters }).slice(1));
}
