/** Numbers as ranges that neither touch nor overlap, each `[first, last]`, in order. */
export type NumberRanges = readonly (readonly [number, number])[];

/** Adds one number to ranges in place. False: it was there before. */
export function addNumber(ranges: [number, number][], n: number): boolean {
  const at = rangeAfter(ranges, n);
  const before = ranges[at - 1];
  const after = ranges[at];
  if (before !== undefined && n <= before[1]) return false;
  const joinsBefore = before !== undefined && before[1] === n - 1;
  const joinsAfter = after !== undefined && after[0] === n + 1;
  if (joinsBefore && joinsAfter) {
    before[1] = after[1];
    ranges.splice(at, 1);
  } else if (joinsBefore) before[1] = n;
  else if (joinsAfter) after[0] = n;
  else ranges.splice(at, 0, [n, n]);
  return true;
}

export function hasNumber(ranges: NumberRanges, n: number): boolean {
  const before = ranges[rangeAfter(ranges, n) - 1];
  return before !== undefined && n <= before[1];
}

export function countNumbers(ranges: NumberRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** What of `ranges` is not in `without`. */
export function subtractRanges(ranges: NumberRanges, without: NumberRanges): [number, number][] {
  const left: [number, number][] = [];
  let i = 0;
  for (const [first, last] of ranges) {
    let from = first;
    while (i < without.length && (without[i]?.[1] ?? 0) < from) i += 1;
    for (let j = i; j < without.length && from <= last; j += 1) {
      const [a, b] = without[j] ?? [last + 1, last + 1];
      if (a > last) break;
      if (a > from) left.push([from, a - 1]);
      from = Math.max(from, b + 1);
    }
    if (from <= last) left.push([from, last]);
  }
  return left;
}

/** What is in both. */
export function intersectRanges(a: NumberRanges, b: NumberRanges): [number, number][] {
  return subtractRanges(a, subtractRanges(a, b));
}

/** Sorted, each once. */
export function rangesOf(numbers: Iterable<number>): [number, number][] {
  const ranges: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) addNumber(ranges, n);
  return ranges;
}

/** "3, 7 to 9"; at most `most` ranges in words. */
export function rangesInWords(ranges: NumberRanges, most = 20): string {
  const shown = ranges
    .slice(0, most)
    .map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  const more = ranges.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more ranges` : shown.join(", ");
}

/** Index of the first range that begins after `n`. */
function rangeAfter(ranges: NumberRanges, n: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[0] ?? 0) <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}
