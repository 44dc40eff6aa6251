import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { rangeParsers } from "./range-parsers.ts";
import type { ResourceSearch } from "./resources.ts";

/** What the URL of `/resources` says, in the words of `resourceSearch`. */
export const resourcePageParsers = {
  tenant: rangeParsers.tenant,
  kind: parseAsNativeArrayOf(parseAsString),
  born: parseAsNativeArrayOf(parseAsString),
  state: parseAsStringLiteral(["kept", "deleted", "all"]).withDefault("kept"),
};
export type ResourcePageState = inferParserType<typeof resourcePageParsers>;

/** The state as a page's `searchParams` have it. */
export const readResourceState = createLoader(resourcePageParsers);

const serialize = createSerializer(resourcePageParsers);

export type ResourceFilters = Omit<ResourceSearch, "cursor" | "limit">;

/** The part of the URL's state that decides which objects are listed. */
export function resourceFilters({ tenant, ...rest }: ResourcePageState): ResourceFilters {
  return { ...rest, tenant: tenant ?? undefined };
}

/** The same filters as a query string of `/api/resources`. */
export function resourceSearchParams(filters: ResourceFilters): URLSearchParams {
  return new URLSearchParams(serialize({ ...filters }).slice(1));
}
