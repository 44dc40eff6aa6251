import type { PercentileId } from "../../lib/contracts/latency-parsers.ts";

/** Of fewer calls a percentile is the slowest one: so many are needed for one to lie beyond it. */
export const enoughFor: Readonly<Record<PercentileId, number>> = { p50: 2, p95: 20, p99: 100 };

/** Whether a percentile of so many calls says more than which of them was the slowest. */
export function isEnough(percentile: PercentileId, measured: number): boolean {
  return measured >= enoughFor[percentile];
}
