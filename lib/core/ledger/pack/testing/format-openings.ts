import { canonicalText } from "../../canonical.ts";
import type { Opening } from "../openings.ts";

/** One line per opening, in canonical JSON, in order of index and field. */
export function formatOpenings(openings: readonly Opening[]): string {
  return [...openings]
    .sort((a, b) => a.index - b.index || (a.field < b.field ? -1 : 1))
    .map(({ index, field, salt, value }) => `${canonicalText({ field, index, salt, value })}\n`)
    .join("");
}
