import { Button } from "../ui/button.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import type { ReplayRun } from "./use-replay.ts";

export type ReplayProgressProps = { replay: ReplayRun; callsMax: number };

/** How far a replay has come, and what its figures leave out. */
export function ReplayProgress({ replay, callsMax }: ReplayProgressProps) {
  const { phase, sum, problem, isWaiting, cancel, restart } = replay;
  const again = (
    <Button onClick={restart} size="sm">
      Try again
    </Button>
  );
  if (phase === "failed")
    return (
      <Notice action={again} live tone="outside">
        {problem} {looked(sum.looked)}
      </Notice>
    );
  if (phase === "cut")
    return (
      <Notice>
        Only the newest {formatCount(callsMax)} of about {formatCount(sum.totalCalls)} calls were looked at.
      </Notice>
    );
  if (phase === "cancelled")
    return (
      <Notice action={again} live>
        Cancelled. {looked(sum.looked)}
      </Notice>
    );
  if (phase !== "running") return null;
  // The hours at both ends are counted whole, so the total is never below what is looked at. Before the first part it is not known.
  const total = Math.max(sum.totalCalls, sum.looked);
  return (
    <div className="flex items-center gap-3">
      <Progress
        className="min-w-0 flex-1"
        label="Calls looked at"
        of={total}
        value={total === 0 ? null : sum.looked}
      />
      <span className="text-muted text-xs tabular-nums">
        {[
          isWaiting ? "Waiting for other replays" : null,
          total === 0 ? null : `${formatCount(sum.looked)} of about ${formatNoun(total, "call")}`,
        ]
          .filter((words) => words !== null)
          .join(" · ")}
      </span>
      <Button look="quiet" onClick={cancel} size="sm">
        Cancel
      </Button>
    </div>
  );
}

/** What the figures of a replay that did not come to its end stand for. */
function looked(calls: number): string {
  return calls === 0
    ? "No call was looked at."
    : `The figures stand for the newest ${formatNoun(calls, "call")} only.`;
}
