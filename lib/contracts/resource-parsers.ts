import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { anyOf } from "./any-of.ts";
import { rangeParsers } from "./range-parsers.ts";
import { type ResourceKeyInput, type ResourceSearch, resourceStates } from "./resources.ts";

/** What the URL of `/resources` says, in the words of `resourceSearch`. */
export const resourcePageParsers = {
  tenant: rangeParsers.tenant,
  kind: anyOf,
  born: anyOf,
  state: parseAsStringLiteral(resourceStates).withDefault("kept"),
  elsewhere: parseAsStringLiteral(["any", "only"]).withDefault("any"),
  application: anyOf,
  /** The object whose side sheet is open: `tenant/kind/id`. */
  object: parseAsString,
};
export type ResourcePageState = inferParserType<typeof resourcePageParsers>;

/** The state as a page's `searchParams` have it. */
export const readResourceState = createLoader(resourcePageParsers);

const serialize = createSerializer(resourcePageParsers);

export type ResourceFilters = Omit<ResourceSearch, "cursor" | "limit">;

/** The part of the URL's state that decides which objects are listed. */
export function resourceFilters({ tenant, object: _object, ...rest }: ResourcePageState): ResourceFilters {
  return { ...rest, tenant: tenant ?? undefined };
}

/** Link to `/resources` that shows exactly these. */
export function resourcesHref(state: Partial<ResourcePageState>): string {
  return serialize("/resources", state);
}

/** How the URL names an object. */
export function objectName({ tenant, kind, id }: ResourceKeyInput): string {
  return `${tenant}/${kind}/${id}`;
}

/** The object that a URL names; null where it names none. */
export function readObjectName(name: string | null): ResourceKeyInput | null {
  const [, tenant, kind, id] = /^([^/]+)\/([^/]+)\/(.+)$/.exec(name ?? "") ?? [];
  return tenant && kind && id ? { tenant, kind, id } : null;
}

/** The same filters as a query string of `/api/resources`. */
export function resourceSearchParams(filters: ResourceFilters): URLSearchParams {
  return new URLSearchParams(serialize({ ...filters }).slice(1));
}
