import { useQueryStates } from "nuqs";
import type { Window } from "../../lib/contracts/range.ts";
import { rangeParsers } from "../../lib/contracts/range-parsers.ts";
import { Button } from "../ui/button.tsx";
import { coverageWords } from "../ui/coverage-words.ts";
import { Empty } from "../ui/empty.tsx";
import { formatWindow } from "../ui/format-time.ts";

/** There are calls, only none in this range. Nothing follows from that for the policy. */
export function NoCallsInRange({ window }: { window: Window }) {
  const [, setRange] = useQueryStates(rangeParsers, { history: "push" });
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
        {formatWindow(window.from, window.to)}, {coverageWords[window.coverage]}.
      </Empty>
    </div>
  );
}
