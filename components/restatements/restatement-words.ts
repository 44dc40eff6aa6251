import type { RestatementCause, RestatementState, VerdictMove } from "../../lib/contracts/restatements.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { formatNoun } from "../ui/format-number.ts";

export const causeWords: Readonly<Record<RestatementCause, string>> = {
  catalog_row: "A row of the catalog was wrong",
  pin_learned: "The pin of the project became known",
  provider_notice: "The provider gave notice",
};

export const restatementStateWords: Readonly<Record<RestatementState, string>> = {
  waiting: "Waits for a second approver",
  approved: "Approved",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  expired: "Lapsed",
};

/** "3 calls from Not verifiable to Within policy; 1 call from …". */
export function moveSentence(moves: readonly VerdictMove[]): string {
  return moves
    .map(
      ({ before, after, calls }) =>
        `${formatNoun(calls, "call")} from “${verdictWords[before]}” to “${verdictWords[after]}”`,
    )
    .join("; ");
}
