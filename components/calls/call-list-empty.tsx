import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { CallFilters } from "../../lib/contracts/call-parsers.ts";
import { isFiltered } from "../../lib/contracts/call-parsers.ts";
import { callFacets } from "../../lib/contracts/calls.ts";
import type { Window } from "../../lib/contracts/range.ts";
import { rangeParsers } from "../../lib/contracts/range-parsers.ts";
import { hrefForTenant } from "../layout/dashboard-pages.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatWindow } from "../ui/format-time.ts";

export type CallListEmptyProps = {
  window: Window;
  filters: CallFilters;
  onClear: () => void;
};

/** Why the list has no rows: nothing was recorded, nothing matches, or nothing went outside policy. */
export function CallListEmpty({ window, filters, onClear }: CallListEmptyProps) {
  const [range, setRange] = useQueryStates(rangeParsers, { history: "push" });
  const between = formatWindow(window.from, window.to);
  if (!isFiltered(filters)) {
    const isOver = range.to !== null;
    return (
      <Empty
        action={
          <>
            <Button onClick={() => void setRange({ range: "30d", from: null, to: null })} size="sm">
              Show the last 30 days
            </Button>
            {isOver ? null : (
              <Button asChild size="sm">
                <Link href={hrefForTenant("/playground", range.tenant)}>Send a call from the playground</Link>
              </Button>
            )}
          </>
        }
        kind="no-data"
        title={`No call was recorded in ${between}`}
      >
        {isOver ? coverageWords[window.coverage] : "Calls appear here within seconds of being recorded."}
      </Empty>
    );
  }
  const clear = (
    <Button onClick={onClear} size="sm">
      Clear filters
    </Button>
  );
  if (asksForOutsideOnly(filters)) {
    return (
      <Empty action={clear} kind="nothing-found" title={`No recorded call went outside policy in ${between}`}>
        {coverageWords[window.coverage]}
      </Empty>
    );
  }
  return (
    <Empty action={clear} kind="no-match" title="No call matches these filters">
      Searched {between}. {coverageWords[window.coverage]}
    </Empty>
  );
}

/** What a count rests on. */
export const coverageWords: Readonly<Record<Window["coverage"], string>> = {
  complete: "Coverage complete: every call recorded in this time is still here.",
  part: "The range begins earlier; what lies before this time was not searched.",
  before_record: "This time begins before the first recorded call; of what came before, nothing is known.",
  retained_only: "Part of this time has been deleted by retention; only what is retained was searched.",
};

function asksForOutsideOnly(filters: CallFilters): boolean {
  const used = callFacets.filter((facet) => filters[facet].length > 0);
  return used.every(
    (facet) =>
      (facet === "verdict" && filters.verdict.every((value) => value === "violation")) ||
      (facet === "band" && filters.band.every((value) => value === "outside")),
  );
}
