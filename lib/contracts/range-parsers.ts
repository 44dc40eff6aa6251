import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type RangeSearch, rangeIds, rangeSearch } from "./range.ts";

/** Tenant and time range, the same words in the URL of every page that shows recorded calls. */
export const rangeParsers = {
  /** A slug; absent: every tenant the reader is a member of. */
  tenant: parseAsString,
  range: parseAsStringLiteral(rangeIds).withDefault("7d"),
  /** RFC 3339; both or neither. They win over `range`. */
  from: parseAsString,
  to: parseAsString,
};
export type RangeState = inferParserType<typeof rangeParsers>;

/** The state as services take it; what is no instant is left out. */
export function rangeOf(state: RangeState): RangeSearch {
  const { from, to, tenant, range } = state;
  const whole = rangeSearch.safeParse({
    range,
    tenant: tenant ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
  });
  return whole.success ? whole.data : { range, tenant: tenant ?? undefined };
}
