import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { type EntryProofSearch, type TrailFilters, trailGroups } from "./trail.ts";

/** What the URL of `/settings/trail/…` says, in the words of `trailSearch`. */
export const trailPageParsers = {
  group: parseAsStringLiteral(trailGroups).withDefault("all"),
  who: parseAsString,
};
export type TrailPageState = inferParserType<typeof trailPageParsers>;

export const readTrailState = createLoader(trailPageParsers);

const serialize = createSerializer({ ...trailPageParsers, tenant: parseAsString });

export function trailFilters(tenant: string, { group, who }: TrailPageState): TrailFilters {
  return { tenant, group, who: who ?? undefined };
}

/** The same filters as a query string of `/api/trail`. */
export function trailSearchParams(filters: TrailFilters): URLSearchParams {
  return new URLSearchParams(serialize({ ...filters, who: filters.who ?? null }).slice(1));
}

export function entryProofHref({ tenant, epoch, index }: EntryProofSearch): string {
  return `/api/ledger/entries/proof?${new URLSearchParams({ tenant, epoch: String(epoch), index: String(index) })}`;
}
