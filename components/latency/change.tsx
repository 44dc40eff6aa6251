import type { Percentiles } from "../../lib/contracts/latency.ts";
import { formatDuration } from "../ui/format-time.ts";
import { isEnough } from "./few.ts";

export type ChangeProps = { now: Percentiles; before: Percentiles };

/** How much slower or faster p95 is than in the period before. Neither is good or bad in itself: no colour says so. */
export function Change({ now: of, before: ofBefore }: ChangeProps) {
  const { p95: now } = of;
  const { p95: before } = ofBefore;
  if (now === null) return <span className="text-faint">Nothing measured</span>;
  if (before === null) return <span className="text-faint">Nothing before</span>;
  if (!isEnough("p95", of.measured) || !isEnough("p95", ofBefore.measured))
    return <span className="text-faint">Too few calls</span>;
  const difference = now - before;
  const percent = before === 0 ? null : Math.round((difference / before) * 100);
  // What the histogram cannot tell apart is not called a change.
  if (percent !== null && Math.abs(percent) < 3) return <span className="text-faint">As before</span>;
  return (
    <span title={`${formatDuration(before)} before`}>
      {difference > 0 ? "+" : "−"}
      {formatDuration(Math.abs(difference))}
      {percent === null ? null : (
        <span className="text-muted">
          {" "}
          ({percent > 0 ? "+" : "−"}
          {Math.abs(percent)} %)
        </span>
      )}
    </span>
  );
}
