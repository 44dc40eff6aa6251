import type { Overview } from "../../lib/contracts/overview.ts";
import type { Window } from "../../lib/contracts/range.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";

const limits: Readonly<Record<Window["coverage"], string>> = {
  complete: "complete for what was recorded.",
  part: "complete for what was recorded in it; the range begins earlier.",
  retained_only: "only what retention has kept; older rows of this range were deleted.",
  before_record: "it begins before the first recorded call, and of that time nothing is known.",
};

/** What the record does not show. It stands on the page even when there is nothing to say against it. */
export function RecordLimits({ overview: { window, callsWithoutEnd } }: { overview: Overview }) {
  return (
    <section aria-label="What the record does not show" className="text-muted text-sm">
      <h2 className="font-medium text-ink">What the record does not show</h2>
      <ul className="list-disc pt-1 pl-5">
        <li>
          Calls that did not pass through a gateway or a log that Domicile reads. Coverage of the window{" "}
          {formatWindow(window.from, window.to)}: {limits[window.coverage]}
        </li>
        <li>
          {callsWithoutEnd === 0
            ? "Every recorded call of the window has a recorded end."
            : `${formatNoun(callsWithoutEnd, "call")} of the window left and ${callsWithoutEnd === 1 ? "has" : "have"} no recorded end: how ${callsWithoutEnd === 1 ? "it" : "they"} ended is not known.`}
        </li>
        <li>
          Where inference ran. The provider gives no receipt; a host is evidence of the endpoint, not past its
          edge.
        </li>
      </ul>
    </section>
  );
}
