import { Button } from "../ui/button.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import type { ReplayRun } from "./use-replay.ts";

export type ReplayProgressProps = { replay: ReplayRun; callsMax: number };

/** How far a replay has come, and what its figures leave out. */
export function ReplayProgress({ replay, callsMax }: ReplayProgressProps) {
  const { phase, sum, problem, cancel } = replay;
  if (phase === "failed")
    return (
      <Notice live tone="outside">
        {problem} The figures above stand for {formatCount(sum.looked)} calls only.
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
      <Notice live>
        Ended after {formatCount(sum.looked)} of about {formatCount(sum.totalCalls)} calls, the newest first.
      </Notice>
    );
  if (phase !== "running") return null;
  // The hours at both ends are counted whole, so the total is never below what is looked at.
  const total = Math.max(sum.totalCalls, sum.looked, 1);
  return (
    <div className="flex items-center gap-3">
      <progress
        aria-label="Calls looked at"
        className="h-1.5 min-w-0 flex-1 accent-accent"
        max={total}
        value={sum.looked}
      />
      <span className="text-muted text-xs tabular-nums">
        {formatCount(sum.looked)} of about {formatCount(total)}
      </span>
      <Button look="quiet" onClick={cancel} size="sm">
        Cancel
      </Button>
    </div>
  );
}
