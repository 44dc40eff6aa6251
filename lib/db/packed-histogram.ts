/**
 * A histogram as one whole number, PostgreSQL's `numeric` (decision 0019): bucket i, from 0, counts 10^(12 i), so that each has
 * twelve decimal digits to itself and histograms are added as numbers are. What is taken out counts below zero; the sum is
 * right as long as no bucket of it does, and none holds more than 10^12 - 1.
 */
const bucketDigits = 12;
const bucketMax = 10 ** bucketDigits - 1;
const emptyBucket = "0".repeat(bucketDigits);

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

/** A bucket that counts something. */
export type FilledBucket = { readonly bucket: number; readonly count: number };

/** Those of a number that counts nothing below zero, lowest first; `buckets`: how many there are at most. */
export function filledBuckets(packed: string, buckets: number): FilledBucket[] {
  if (packed.length > buckets * bucketDigits || !/^[0-9]+$/.test(packed))
    throw new RangeError(`${packed} is no histogram of ${buckets} buckets.`);
  const filled: FilledBucket[] = [];
  for (let end = packed.length, bucket = 0; end > 0; end -= bucketDigits, bucket++) {
    const at = Math.max(0, end - bucketDigits);
    // Most are empty, and hundreds of histograms stand behind one page.
    if (packed.startsWith(emptyBucket, at)) continue;
    const count = Number(packed.slice(at, end));
    if (count > 0) filled.push({ bucket, count });
  }
  return filled;
}

/** The number of all of some histograms without others that are part of them. */
export function sumPacked(packed: readonly string[], without: readonly string[] = []): string {
  const [first] = packed;
  if (first !== undefined && packed.length === 1 && without.length === 0) return first;
  const sum = (of: readonly string[]) => of.reduce((all, one) => all + BigInt(one), 0n);
  return String(sum(packed) - sum(without));
}

/** SQL: the number of a histogram that counts 1 in a bucket, given as an expression; null where that is null. */
export function packedOne(bucket: string): string {
  return `('1e' || ${bucketDigits} * ${bucket})::numeric`;
}
