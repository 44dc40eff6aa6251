import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filledBuckets, packHistogram, sumPacked } from "./packed-histogram.ts";

const buckets = 61;
/** Every bucket, from the filled ones. */
const unpackHistogram = (packed: string, all: number) => {
  const counts = new Array<number>(all).fill(0);
  for (const { bucket, count } of filledBuckets(packed, all)) counts[bucket] = count;
  return counts;
};
const most = 10 ** 12 - 1;
/** Mostly empty, as histograms are. */
const counts = (max: number) =>
  fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max })), {
    minLength: buckets,
    maxLength: buckets,
  });
const half = Math.floor(most / 2);
const plus = (a: readonly number[], b: readonly number[]) => a.map((count, i) => count + (b[i] ?? 0));

describe("a packed histogram", () => {
  it("comes out as it went in, up to twelve digits a bucket", () => {
    fc.assert(
      fc.property(counts(most), (a) => {
        expect(unpackHistogram(packHistogram(a), buckets)).toEqual(a);
      }),
    );
    const full = new Array<number>(buckets).fill(most);
    expect(unpackHistogram(packHistogram(full), buckets)).toEqual(full);
  });

  it("is added bucket by bucket when the numbers are", () => {
    fc.assert(
      fc.property(counts(half), counts(half), (a, b) => {
        const sum = sumPacked([packHistogram(a), packHistogram(b)]);
        expect(unpackHistogram(sum, buckets)).toEqual(plus(a, b));
        expect(unpackHistogram(sumPacked([sum], [packHistogram(b)]), buckets)).toEqual(a);
      }),
    );
  });

  it("takes out what is counted below zero", () => {
    fc.assert(
      fc.property(counts(half), counts(half), counts(half), (rest, out, more) => {
        const change = plus(
          more,
          out.map((count) => -count),
        );
        const sum = sumPacked([packHistogram(plus(rest, out)), packHistogram(change)]);
        expect(unpackHistogram(sum, buckets)).toEqual(plus(rest, more));
      }),
    );
  });

  it("has filled buckets alone where they are told, the lowest first", () => {
    expect(filledBuckets(packHistogram([0, 7, 0, 0, 3]), 5)).toEqual([
      { bucket: 1, count: 7 },
      { bucket: 4, count: 3 },
    ]);
    expect(filledBuckets("0", 5)).toEqual([]);
    expect(sumPacked([])).toBe("0");
  });

  it("is read by hand from the right, twelve digits a bucket", () => {
    expect(packHistogram([7, 0, 3])).toBe("3000000000000000000000007");
    expect(packHistogram([0, 0, 0])).toBe("0");
    expect(packHistogram([-1, 1])).toBe("999999999999");
  });

  it.each([[most + 1], [-most - 1], [0.5], [Number.NaN]])("holds no %s in a bucket", (count) => {
    expect(() => packHistogram([count])).toThrow(RangeError);
  });

  it.each(["-1", "", "1\n", "1.5", "1e12", "1".padEnd(25, "0")])(
    "reads no histogram of two buckets from '%s'",
    (text) => {
      expect(() => unpackHistogram(text, 2)).toThrow(RangeError);
    },
  );
});
