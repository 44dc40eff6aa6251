import { openStates } from "../../lib/contracts/finding-parsers.ts";
import type { FindingListItem } from "../../lib/contracts/findings.ts";
import { instantWords } from "../../lib/contracts/instant-words.ts";

/** Until when a case is to be done, and whether that day has passed with work left. */
export function dueWords(
  { dueAt, state }: Pick<FindingListItem, "dueAt" | "state">,
  now = new Date(),
): string {
  if (dueAt === null) return "No day said";
  const day = instantWords(dueAt, "day");
  return openStates.includes(state) && new Date(dueAt) <= now ? `${day}, passed` : day;
}

/** What a field of a day says, as the last moment of that day in UTC; null where it is empty. */
export function endOfDay(day: string): string | null {
  return day === "" ? null : `${day}T23:59:59.000Z`;
}
