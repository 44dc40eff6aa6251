import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsNativeArrayOf,
  parseAsStringLiteral,
} from "nuqs/server";
import { dataCategories } from "../core/findings/data-category.ts";
import { anyOf } from "./any-of.ts";
import {
  type FindingSearch,
  type FindingSelection,
  type FindingState,
  findingSelections,
  findingStates,
  severities,
} from "./findings.ts";
import { rangeParsers } from "./range-parsers.ts";

/** What the URL of `/findings` says, in the words of `findingSearch`. */
export const findingPageParsers = {
  tenant: rangeParsers.tenant,
  state: parseAsNativeArrayOf(parseAsStringLiteral(findingStates)),
  severity: parseAsNativeArrayOf(parseAsStringLiteral(severities)),
  cause: anyOf,
  application: anyOf,
  data: parseAsNativeArrayOf(parseAsStringLiteral(dataCategories)),
  environment: parseAsNativeArrayOf(parseAsStringLiteral(["production", "test"])),
  owner: anyOf,
  only: parseAsStringLiteral(findingSelections),
};
export type FindingPageState = inferParserType<typeof findingPageParsers>;

/** The state as a page's `searchParams` have it. */
export const readFindingState = createLoader(findingPageParsers);

const serialize = createSerializer(findingPageParsers);

/** Link to `/findings` that shows exactly these. */
export function findingsHref(state: Partial<FindingPageState>): string {
  return serialize("/findings", state);
}

/** States of a selection: all. What it selects by says which of them it means. */
export function selectionHref(only: FindingSelection, tenant: string | null): string {
  return findingsHref({ only, tenant, state: [...findingStates] });
}

export function findingHref(id: string): string {
  return `/findings/${id}`;
}

export type FindingFilters = Omit<FindingSearch, "cursor" | "limit">;

/** States somebody still has to do something about: what the inbox shows unless told. */
export const openStates: readonly FindingState[] = ["open", "acknowledged", "investigating"];

/** The part of the URL's state that decides which findings are listed. */
export function findingFilters(state: FindingPageState): FindingFilters {
  const { tenant, state: states, only, ...rest } = state;
  return {
    ...rest,
    state: states.length === 0 ? [...openStates] : states,
    tenant: tenant ?? undefined,
    only: only ?? undefined,
  };
}

/** True when something beside state and tenant narrows the list. */
export function isNarrowed({ tenant: _tenant, state: _state, only, ...rest }: FindingPageState): boolean {
  return only !== null || Object.values(rest).some((values) => values.length > 0);
}

/** The same filters as a query string of `/api/findings`. */
export function findingSearchParams(filters: FindingFilters): URLSearchParams {
  return new URLSearchParams(serialize({ ...filters }).slice(1));
}
