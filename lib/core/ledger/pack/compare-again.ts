import { compareUsage, comparisonRule, settledAfterMs } from "../../accounts/compare-usage.ts";
import { dayMs, millisecondsOf } from "../../calendar.ts";
import { type ComparedDay, readComparedDay } from "../../reports/read-usage-event.ts";
import type { EventBody } from "../entries/event-body.ts";

export type ComparedAgain =
  | { readonly day: ComparedDay }
  /** `grave` false: this program knows less than the writer did. */
  | { readonly day: null; readonly words: string; readonly grave: boolean };

/**
 * Compares again what an entry says of the provider's count of a day beside the record: whether it agrees, and what is missing,
 * has to follow from the counts in it, which have to go together.
 */
export function comparedAgain(event: Pick<EventBody, "subject" | "happenedAt" | "detail">): ComparedAgain {
  const said = readComparedDay(event);
  if (said === null)
    return {
      day: null,
      words: "holds the provider's count beside the record in a way this program does not know.",
      grave: false,
    };
  if (said.rule !== comparisonRule)
    return {
      day: null,
      words: `was compared by rule ${said.rule}, and this program has rule ${comparisonRule}.`,
      grave: false,
    };
  const { sent, accepted, reported, ownEdge } = said;
  if (Math.max(accepted, reported, ownEdge) > sent)
    return { day: null, words: "counts more of the requests that were sent than were sent.", grave: true };
  const end = millisecondsOf(`${said.day}T00:00:00.000Z`) + dayMs;
  if (millisecondsOf(event.happenedAt) < end + settledAfterMs)
    return { day: null, words: `settled ${said.day} before it could be.`, grave: true };
  const { state, missing } = compareUsage(said.providerRequests, said);
  if (state === said.state && missing === said.missing) return { day: said };
  return {
    day: null,
    words: `says "${said.state}" with ${said.missing} missing; from its counts follows "${state}" with ${missing}.`,
    grave: true,
  };
}
