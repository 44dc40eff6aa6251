import { type CallFilters, type CallPageState, isFiltered } from "../../lib/contracts/call-parsers.ts";
import type { CallPage } from "../../lib/contracts/calls.ts";
import type { Verdict } from "../../lib/core/verdicts/verdict.ts";
import { coverageWords, partWords } from "../ui/coverage-words.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { EarlierCalls } from "./earlier-calls.tsx";

export type CallsSentenceProps = {
  filters: CallFilters;
  state: CallPageState;
  page: CallPage | undefined;
};

/** What is listed, in words and figures. */
export function CallsSentence({ filters, state, page }: CallsSentenceProps) {
  if (page === undefined) return <Skeleton className="mt-1 h-4 w-96 max-w-full" />;
  const { window, totalCalls, facets } = page;
  const of = (verdict: Verdict) => facets.verdict.find(({ value }) => value === verdict)?.calls ?? 0;
  const counted = isFiltered(filters)
    ? [`${formatNoun(totalCalls, "call")} ${totalCalls === 1 ? "matches" : "match"}`]
    : [
        formatNoun(totalCalls, "call"),
        `${formatCount(of("violation"))} outside policy`,
        `${formatCount(of("unverifiable"))} not verifiable`,
        `${formatCount(of("blocked"))} stopped`,
      ];
  const part = partWords(window);
  const parts = [
    ...counted,
    formatWindow(window.from, window.to),
    part,
    window.coverage === "part" ? null : coverageWords[window.coverage],
  ];
  return (
    <p>
      {parts.filter((words) => words !== null).join(" · ")}
      {part === null ? null : (
        <>
          {" · "}
          <EarlierCalls state={state} window={window} />
        </>
      )}
    </p>
  );
}
