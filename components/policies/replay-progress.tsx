import { Button } from "../ui/button.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import type { ReplayRun } from "./use-replay.ts";

export type ReplayProgressProps = { replay: ReplayRun; callsMax: number };

/** How far a replay has come, and what its figures leave out. */
export function ReplayProgress({ replay, callsMax }: ReplayProgressProps) {
  const { phase, sum, problem, isWaiting, cancel } = replay;
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
      <div
        aria-label="Calls looked at"
        aria-valuemax={total}
        aria-valuemin={0}
        aria-valuenow={sum.looked}
        className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-sunken"
        role="progressbar"
      >
        <div className="h-full bg-accent" style={{ width: `${(sum.looked / total) * 100}%` }} />
      </div>
      <span className="text-muted text-xs tabular-nums">
        {isWaiting ? "Waiting for other replays · " : ""}
        {formatCount(sum.looked)} of about {formatCount(total)}
      </span>
      <Button look="quiet" onClick={cancel} size="sm">
        Cancel
      </Button>
    </div>
  );
}
