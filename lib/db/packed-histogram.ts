/**
 * A histogram as one whole number, PostgreSQL's `numeric` (decision 0019): bucket i, from 0, counts 10^(12 i), so that each has
 * twelve decimal digits to itself and histograms are added as numbers are. What is taken out counts below zero; the sum is
 * right as long as no bucket of it does, and none holds more than 10^12 - 1.
 */
const bucketDigits = 12;
const bucketMax = 10 ** bucketDigits - 1;

/** The number of a histogram, as text. */
export function packHistogram(counts: readonly number[]): string {
  for (const count of counts)
    if (!Number.isInteger(count) || Math.abs(count) > bucketMax)
      throw new RangeError(`${count} is no count of a bucket.`);
  return counts.some((count) => count < 0) ? packSigned(counts) : packCounts(counts);
}

function packCounts(counts: readonly number[]): string {
  let packed = "";
  for (const count of counts.toReversed())
    if (packed !== "") packed += String(count).padStart(bucketDigits, "0");
    else if (count > 0) packed = String(count);
  return packed === "" ? "0" : packed;
}

function packSigned(counts: readonly number[]): string {
  const weight = 10n ** BigInt(bucketDigits);
  return counts.reduceRight((sum, count) => sum * weight + BigInt(count), 0n).toString();
}

/** The histogram of a number that counts nothing below zero. */
export function unpackHistogram(packed: string, buckets: number): number[] {
  const counts = new Array<number>(buckets).fill(0);
  addPacked(counts, packed, 1);
  return counts;
}

/** Adds the histogram of such a number to one of as many buckets, in place; `times` of -1 takes it out again. */
export function addPacked(histogram: number[], packed: string, times: 1 | -1): void {
  const buckets = histogram.length;
  if (packed === "" || packed.length > buckets * bucketDigits) throw notPacked(packed, buckets);
  // Digit by digit: thousands of histograms stand behind one page.
  for (let end = packed.length, i = 0; end > 0; end -= bucketDigits, i++) {
    let count = 0;
    for (let at = Math.max(0, end - bucketDigits); at < end; at++) {
      const digit = packed.charCodeAt(at) - 48;
      if (!(digit >= 0 && digit <= 9)) throw notPacked(packed, buckets);
      count = count * 10 + digit;
    }
    histogram[i] = (histogram[i] as number) + times * count;
  }
}

function notPacked(packed: string, buckets: number): RangeError {
  return new RangeError(`${packed} is no histogram of ${buckets} buckets.`);
}

/** SQL: the number of a histogram that counts 1 in a bucket, given as an expression; null where that is null. */
export function packedOne(bucket: string): string {
  return `('1e' || ${bucketDigits} * ${bucket})::numeric`;
}
