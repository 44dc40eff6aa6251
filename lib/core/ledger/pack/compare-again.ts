import { compareUsage, comparisonRule } from "../../accounts/compare-usage.ts";
import { readComparedDay } from "../../reports/read-usage-event.ts";
import type { EventBody } from "../entries/event-body.ts";

/**
 * What is wrong with an entry that says how the provider's count of a day stands beside the record: whether it agrees, and what
 * is missing, has to follow from the counts in it. `grave` false: this program knows less than the writer did.
 */
export function comparisonProblem(
  event: Pick<EventBody, "subject" | "detail">,
): { readonly words: string; readonly grave: boolean } | null {
  const said = readComparedDay(event);
  if (said === null)
    return {
      words: "holds the provider's count beside the record in a way this program does not know.",
      grave: false,
    };
  if (said.rule !== comparisonRule)
    return {
      words: `was compared by rule ${said.rule}, and this program has rule ${comparisonRule}.`,
      grave: false,
    };
  const { state, missing } = compareUsage(said.providerRequests, said);
  if (state === said.state && missing === said.missing) return null;
  return {
    words: `says "${said.state}" with ${said.missing} missing; from its counts follows "${state}" with ${missing}.`,
    grave: true,
  };
}
