/** What a few measurements say of their distribution. null where there is none. */
export type Spread = {
  readonly measured: number;
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly most: number;
};

/** Quartiles by linear interpolation between the two neighbours (type 7 of Hyndman and Fan, 1996). */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return null;
  return {
    measured: sorted.length,
    least,
    lowerQuartile: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upperQuartile: quantile(sorted, 0.75),
    most,
  };
}

export type PairedDifference = {
  readonly pairs: number;
  /** Median of second minus first. */
  readonly median: number;
  /**
   * Within which the true median lies with at least 95 % confidence, by the sign test's order statistics: no shape of the
   * distribution is assumed. null below six pairs, which cannot tell it.
   */
  readonly interval: readonly [number, number] | null;
};

/** How much longer the second took than the first, pair by pair; null without a pair. */
export function pairedDifference(
  pairs: readonly (readonly [first: number, second: number])[],
): PairedDifference | null {
  if (pairs.length === 0) return null;
  const differences = pairs.map(([first, second]) => second - first).sort((a, b) => a - b);
  const n = differences.length;
  const k = orderOf(n);
  const [low, high] = [differences[k - 1], differences[n - k]];
  const interval = k === 0 || low === undefined || high === undefined ? null : ([low, high] as const);
  return { pairs: n, median: quantile(differences, 0.5), interval };
}

/** The largest k for which the k-th smallest and k-th largest of n differences hold 95 %; 0 where none do. */
function orderOf(n: number): number {
  let chance = 0.5 ** n;
  let sum = 0;
  let k = 0;
  // P(X <= k), X the number of differences below the median, Binomial(n, 1/2).
  while (sum + chance <= 0.025) {
    sum += chance;
    chance = (chance * (n - k)) / (k + 1);
    k += 1;
  }
  return k;
}

function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (at - below);
}
