import type { FindingListItem } from "../../lib/contracts/findings.ts";
import { basisWords } from "../../lib/core/verdicts/verdict-words.ts";

/** Which calls a case is about, and an exception with it: those of one cause, application, host, model and basis. */
export function scopeWords({
  application,
  host,
  model,
  basis,
}: Pick<FindingListItem, "application" | "host" | "model" | "basis">): string {
  const named = (value: string | null, others: string) => (value === "other" ? others : value);
  const parts = [
    application === null ? null : `from ${application}`,
    host === null ? null : `to ${named(host, "other hosts")}`,
    model === null ? null : `of ${named(model, "other models")}`,
  ].filter((part) => part !== null);
  const which =
    parts.length === 0 ? "All calls of this cause" : `Calls ${parts.join(" ")}, of this cause alone`;
  return `${which}. ${basisWords[basis]}. Whatever the operation.`;
}
