import { useQueryStates } from "nuqs";
import type { Window } from "../../lib/contracts/range.ts";
import { rangeParsers } from "../../lib/contracts/range-parsers.ts";
import { Button } from "../ui/button.tsx";
import { coverageWords } from "../ui/coverage-words.ts";
import { Empty } from "../ui/empty.tsx";
import { formatWindow } from "../ui/format-time.ts";

export type NoCallsInRangeProps = {
  window: Window;
  /** Takes the page's filters back. Absent where it has none: then no call at all was recorded in the range. */
  onClear?: () => void;
};

/** There are calls, only none in this range, or none of what was asked for. Nothing follows from that for the policy. */
export function NoCallsInRange({ window, onClear }: NoCallsInRangeProps) {
  const [, setRange] = useQueryStates(rangeParsers, { history: "push" });
  const searched = `${formatWindow(window.from, window.to)}, ${coverageWords[window.coverage]}`;
  if (onClear)
    return (
      <div className="rounded-md border bg-surface">
        <Empty
          action={<Button onClick={onClear}>Clear filters</Button>}
          kind="no-match"
          title="No call matches these filters"
        >
          Searched {searched}.
        </Empty>
      </div>
    );
  return (
    <div className="rounded-md border bg-surface">
      <Empty
        action={
          <Button onClick={() => setRange({ range: "60d", from: null, to: null })}>
            Show the last 60 days
          </Button>
        }
        kind="no-match"
        title="No call was recorded in this range"
      >
        {searched}.
      </Empty>
    </div>
  );
}
