import { CircleQuestionMark, TriangleAlert } from "lucide-react";
import type { Overview } from "../../lib/contracts/overview.ts";
import { coverageWords, widenedWords } from "../ui/coverage-words.ts";
import { formatNoun, formatShare } from "../ui/format-number.ts";
import { formatInstant } from "../ui/format-time.ts";
import { noCallsWords } from "./no-calls-words.ts";

export type OverviewSentenceProps = {
  overview: Overview;
  /** The page shows some applications alone: that they made no call says nothing of the others. */
  isNarrowed: boolean;
};

/** The page's question answered in words, with window and coverage; then the figures behind it. */
export function OverviewSentence({ overview, isNarrowed }: OverviewSentenceProps) {
  const { window, calls, bands, openFindingCount, callsWithoutEnd } = overview;
  const judged = calls - overview.notApplicable;
  const inRegion = formatShare(bands.in_region, judged);
  const facts = [
    formatNoun(calls, "call"),
    inRegion === null ? null : `${inRegion} in region`,
    formatNoun(openFindingCount, "open finding"),
    widenedWords(window, overview.step),
    coverageWords[window.coverage],
    callsWithoutEnd > 0 ? `${formatNoun(callsWithoutEnd, "call")} without a recorded end` : null,
  ];
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-ink text-md">
        <Answer isNarrowed={isNarrowed} overview={overview} />
      </p>
      <p>{facts.filter((fact) => fact !== null).join(" · ")}</p>
    </div>
  );
}

function Answer({ overview: { bands, calls, window }, isNarrowed }: OverviewSentenceProps) {
  const between = `between ${formatInstant(window.from)} and ${formatInstant(window.to)}`;
  if (calls === 0)
    return (
      <>
        {noCallsWords(isNarrowed)} was recorded {between}.
      </>
    );
  const notVerifiable =
    bands.unverifiable > 0 ? (
      <>
        {" "}
        <span className="whitespace-nowrap font-medium text-unverifiable-ink">
          <CircleQuestionMark aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
          {formatNoun(bands.unverifiable, "call")}
        </span>{" "}
        could not be verified.
      </>
    ) : null;
  if (bands.outside === 0)
    return (
      <>
        No recorded call went outside policy {between}.{notVerifiable}
      </>
    );
  return (
    <>
      <span className="whitespace-nowrap font-semibold text-outside-ink">
        <TriangleAlert aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
        {formatNoun(bands.outside, "recorded call")} went outside policy
      </span>{" "}
      {between}.{notVerifiable}
    </>
  );
}
