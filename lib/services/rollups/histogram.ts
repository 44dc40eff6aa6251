import type { FilledBucket } from "../../db/packed-histogram.ts";

/**
 * Upper bounds in milliseconds, 5 ms to about ten minutes, each 22 % above the one before: a percentile read from a
 * histogram is at most that far off. Never changed: stored histograms are added bucket by bucket.
 */
export const histogramBounds: readonly number[] = Array.from({ length: 60 }, (_, i) =>
  Math.round(5 * 1.22 ** i),
);

/** One bucket per bound and one for what lies above the last. */
export const histogramSize = histogramBounds.length + 1;

export function emptyHistogram(): number[] {
  return new Array<number>(histogramSize).fill(0);
}

/** Counts one value in place; `times` of -1 takes it out again. */
export function countInto(histogram: number[], ms: number, times = 1): void {
  const bucket = bucketOf(ms);
  histogram[bucket] = (histogram[bucket] ?? 0) + times;
}

/** Adds another one in place, bucket by bucket; `times` of -1 takes it out again. */
export function addHistogram(histogram: number[], other: readonly number[], times: 1 | -1): void {
  for (let i = 0; i < histogram.length; i++)
    histogram[i] = (histogram[i] as number) + times * (other[i] ?? 0);
}

/** How many values its filled buckets count. */
export function countOf(filled: readonly FilledBucket[]): number {
  return filled.reduce((sum, { count }) => sum + count, 0);
}

/** For each of the shares (0 to 1, ascending), the value below which it lies, by linear interpolation; null when empty. */
export function percentiles(filled: readonly FilledBucket[], shares: readonly number[]): (number | null)[] {
  const all = countOf(filled);
  if (all === 0) return shares.map(() => null);
  const values: number[] = [];
  let below = 0;
  for (const { bucket, count } of filled) {
    const lower = bucket === 0 ? 0 : (histogramBounds[bucket - 1] ?? 0);
    const upper = histogramBounds[bucket] ?? lower;
    for (let share = shares[values.length]; share !== undefined; share = shares[values.length]) {
      const left = share * all - below;
      if (left > count) break;
      values.push(lower + ((upper - lower) * left) / count);
    }
    below += count;
  }
  return shares.map((_, i) => values[i] ?? histogramBounds.at(-1) ?? null);
}

function bucketOf(ms: number): number {
  let low = 0;
  let high = histogramBounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ms <= (histogramBounds[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
