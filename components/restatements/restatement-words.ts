import type { RestatementCause, RestatementState, VerdictMove } from "../../lib/contracts/restatements.ts";
import type { Band, Verdict } from "../../lib/core/verdicts/verdict.ts";
import { bandWords, verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
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

/** "3 calls from Not verifiable to Within policy; 1 call from In region (promised) to …". */
export function moveSentence(moves: readonly VerdictMove[]): string {
  return moves
    .map(
      ({ before, after, bandBefore, bandAfter, calls }) =>
        `${formatNoun(calls, "call")} from “${restatedWords(before, bandBefore)}” to “${restatedWords(after, bandAfter)}”`,
    )
    .join("; ");
}

/** The band tells two kinds of "Within policy" apart. */
export function restatedWords(verdict: Verdict, band: Band | null): string {
  return band === null ? verdictWords[verdict] : bandWords[band];
}
