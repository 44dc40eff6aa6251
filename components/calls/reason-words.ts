import { describeReason } from "../../lib/core/verdicts/describe-reason.ts";
import type { FindingCause } from "../../lib/core/verdicts/verdict.ts";

/** Title of a reason or standing cause, to begin a line with; a cause nobody foresaw is shown as recorded. */
export function causeTitle(cause: string): string {
  // Facets and older records bring plain text: it need not be of the closed set.
  const text: { readonly title: string } | undefined = describeReason(cause as FindingCause);
  if (text === undefined) return cause;
  return text.title.charAt(0).toUpperCase() + text.title.slice(1);
}
