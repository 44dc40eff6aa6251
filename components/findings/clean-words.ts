import type { FindingListItem } from "../../lib/contracts/findings.ts";
import { instantWords } from "../../lib/contracts/instant-words.ts";
import { formatNoun } from "../ui/format-number.ts";

/** "Clean for 12 days". */
export function cleanWords({ days }: NonNullable<FindingListItem["clean"]>): string {
  return days === 0 ? "Clean for less than a day" : `Clean for ${formatNoun(days, "day")}`;
}

/** When somebody looks whether it came again, or who did; null where nobody has to. */
export function checkWords(check: FindingListItem["check"]): string | null {
  if (check === null) return null;
  const { checked, dueAt, isDue } = check;
  if (checked !== null) return `Checked by ${checked.by} on ${instantWords(checked.at, "day")}`;
  return isDue ? `Due since ${instantWords(dueAt, "day")}` : `On ${instantWords(dueAt, "day")}`;
}
