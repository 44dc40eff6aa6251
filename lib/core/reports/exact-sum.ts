/** A sum as it stands in a report: decimal text where a double could not hold it exactly. */
export type Total = number | string;

/**
 * Adds whole numbers within ±(2^53-1) exactly, however many. In `low` as long as that holds them, else in `high`; both are
 * plain values, so that a sum travels between threads.
 */
export type ExactSum = { low: number; high: bigint };

/** Nothing yet. */
export const exactSum = (): ExactSum => ({ low: 0, high: 0n });

/** `value`: a whole number within ±(2^53-1). */
export function addTo(sum: ExactSum, value: number): void {
  const low = sum.low + value;
  if (Number.isSafeInteger(low)) sum.low = low;
  else {
    sum.high += BigInt(sum.low);
    sum.low = value;
  }
}

export function addSum(sum: ExactSum, other: ExactSum): void {
  addTo(sum, other.low);
  if (other.high !== 0n) sum.high += other.high;
}

/** A number where a double holds it exactly, else decimal text. */
export function totalOf({ low, high }: ExactSum): Total {
  if (high === 0n) return low;
  const total = high + BigInt(low);
  const small = Number(total);
  return Number.isSafeInteger(small) ? small : String(total);
}
