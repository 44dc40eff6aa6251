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

/** The value below which the share `p` (0 to 1) of the counts lies, by linear interpolation; null when empty. */
export function percentile(histogram: readonly number[], p: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = p * total;
  for (const [i, count] of histogram.entries()) {
    const lower = i === 0 ? 0 : (histogramBounds[i - 1] ?? 0);
    const upper = histogramBounds[i] ?? lower;
    if (count > 0 && left <= count) return lower + ((upper - lower) * left) / count;
    left -= count;
  }
  return histogramBounds.at(-1) ?? null;
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
