import type { Percentiles } from "../../lib/contracts/latency.ts";
import { formatDuration } from "../ui/format-time.ts";

/** The spread of one row on a scale that all rows share: half of the calls, up to 95, up to 99 of a hundred. */
export function PercentileBar({ figures, scaleMaxMs }: { figures: Percentiles; scaleMaxMs: number }) {
  const { p50, p95, p99 } = figures;
  if (p50 === null || p95 === null || p99 === null)
    return <span className="text-faint">Nothing measured</span>;
  const at = (ms: number) => `${Math.min(100, (ms / Math.max(scaleMaxMs, 1)) * 100).toFixed(2)}%`;
  return (
    <div
      aria-label={`p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}, p99 ${formatDuration(p99)}`}
      className="relative h-4 w-full min-w-24"
      role="img"
    >
      <div className="absolute inset-x-0 top-1/2 h-px bg-line" />
      <div
        className="absolute top-1/2 left-0 h-px -translate-y-1/2 bg-line-strong"
        style={{ width: at(p99) }}
      />
      <div
        className="absolute top-1/2 left-0 h-1.5 -translate-y-1/2 rounded-xs bg-line-strong"
        style={{ width: at(p95) }}
      />
      <div
        className="absolute top-1/2 left-0 h-2.5 -translate-y-1/2 rounded-xs bg-muted"
        style={{ width: at(p50) }}
      />
      <div className="absolute top-1/2 h-2.5 w-px -translate-y-1/2 bg-ink" style={{ left: at(p99) }} />
    </div>
  );
}
