import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packHistogram, unpackHistogram } from "./packed-histogram.ts";

const buckets = 61;
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
        const sum = BigInt(packHistogram(a)) + BigInt(packHistogram(b));
        expect(unpackHistogram(String(sum), buckets)).toEqual(plus(a, b));
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
        const sum = BigInt(packHistogram(plus(rest, out))) + BigInt(packHistogram(change));
        expect(unpackHistogram(String(sum), buckets)).toEqual(plus(rest, more));
      }),
    );
  });

  it("is read by hand from the right, twelve digits a bucket", () => {
    expect(packHistogram([7, 0, 3])).toBe("3000000000000000000000007");
    expect(packHistogram([0, 0, 0])).toBe("0");
    expect(packHistogram([-1, 1])).toBe("999999999999");
  });

  it.each([[most + 1], [-most - 1], [0.5], [Number.NaN]])("holds no %s in a bucket", (count) => {
    expect(() => packHistogram([count])).toThrow(RangeError);
  });

  it.each(["-1", "", "1.5", "1e12", "1".padEnd(25, "0")])(
    "reads no histogram of two buckets from '%s'",
    (text) => {
      expect(() => unpackHistogram(text, 2)).toThrow(RangeError);
    },
  );
});
