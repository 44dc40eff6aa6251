import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsIsoDate,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { dayMs } from "../core/calendar.ts";
import { type EntryProofSearch, type TrailFilters, trailGroups } from "./trail.ts";

/** What the URL of `/settings/trail/…` says, in the words of `trailSearch`. */
export const trailPageParsers = {
  group: parseAsStringLiteral(trailGroups).withDefault("all"),
  who: parseAsString,
  /** UTC days, both included; absent: no bound. */
  first: parseAsIsoDate,
  last: parseAsIsoDate,
};
export type TrailPageState = inferParserType<typeof trailPageParsers>;

export const readTrailState = createLoader(trailPageParsers);

const serialize = createSerializer({
  tenant: parseAsString,
  group: trailPageParsers.group,
  who: parseAsString,
  from: parseAsString,
  to: parseAsString,
});

export function trailFilters(tenant: string, { group, who, first, last }: TrailPageState): TrailFilters {
  return {
    tenant,
    group,
    who: who ?? undefined,
    from: first?.toISOString(),
    to: last ? new Date(last.getTime() + dayMs).toISOString() : undefined,
  };
}

/** The same filters as a query string of `/api/trail`. */
export function trailSearchParams({ who, from, to, ...rest }: TrailFilters): URLSearchParams {
  return new URLSearchParams(
    serialize({ ...rest, who: who ?? null, from: from ?? null, to: to ?? null }).slice(1),
  );
}

export function entryProofHref({ tenant, epoch, index }: EntryProofSearch): string {
  return `/api/ledger/entries/proof?${new URLSearchParams({ tenant, epoch: String(epoch), index: String(index) })}`;
}
