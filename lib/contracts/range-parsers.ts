import { createSerializer, type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { rangeIds } from "./range.ts";

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

const serialize = createSerializer(rangeParsers);

/** The page at `path` with this tenant and range, and nothing else in its URL. */
export function rangeHref(path: string, state: Partial<RangeState>): string {
  return serialize(path, state);
}
