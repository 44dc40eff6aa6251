import { type CallFilters, isFiltered } from "../../lib/contracts/call-parsers.ts";
import type { CallPage } from "../../lib/contracts/calls.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import type { Verdict } from "../../lib/core/verdicts/verdict.ts";
import { coverageWords } from "../ui/coverage-words.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { Skeleton } from "../ui/skeleton.tsx";

/** What is listed, in words and figures. */
export function CallsSentence({ filters, page }: { filters: CallFilters; page: CallPage | undefined }) {
  if (page === undefined) return <Skeleton className="mt-1 h-4 w-96 max-w-full" />;
  const { window, totalCalls, facets } = page;
  const of = (verdict: Verdict) => facets.verdict.find(({ value }) => value === verdict)?.calls ?? 0;
  const parts = isFiltered(filters)
    ? [`${formatNoun(totalCalls, "call")} ${totalCalls === 1 ? "matches" : "match"}`]
    : [
        formatNoun(totalCalls, "call"),
        `${formatCount(of("violation"))} outside policy`,
        `${formatCount(of("unverifiable"))} not verifiable`,
        `${formatCount(of("blocked"))} stopped`,
      ];
  // Within a day the hours at both ends, which count whole, are a large part of it.
  const isShort = Date.parse(window.to) - Date.parse(window.from) < dayMs;
  return (
    <p>
      {[
        ...parts,
        ...(isShort ? ["counted per whole UTC hour"] : []),
        formatWindow(window.from, window.to),
        coverageWords[window.coverage],
      ].join(" · ")}
    </p>
  );
}
