import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedDifference, spreadOf } from "./compare-pairs.ts";

describe("spreadOf", () => {
  it("finds the quartiles, and nothing in nothing", () => {
    expect(spreadOf([])).toBeNull();
    expect(spreadOf([4, 1, 3, 2])).toEqual({
      measured: 4,
      least: 1,
      lowerQuartile: 1.75,
      median: 2.5,
      upperQuartile: 3.25,
      most: 4,
    });
    expect(spreadOf([7])).toMatchObject({ least: 7, median: 7, most: 7 });
  });
});

describe("pairedDifference", () => {
  const pairs = (n: number) => Array.from({ length: n }, (_, i) => [100, 110 + i] as const);

  it("claims no interval below six pairs, and one of the sign test from there on", () => {
    expect(pairedDifference([])).toBeNull();
    expect(pairedDifference(pairs(5))).toMatchObject({ pairs: 5, median: 12, interval: null });
    // Tables of the sign test: n = 6 and 8 take the extremes, 9 the second, 20 the sixth.
    expect(pairedDifference(pairs(6))?.interval).toEqual([10, 15]);
    expect(pairedDifference(pairs(8))?.interval).toEqual([10, 17]);
    expect(pairedDifference(pairs(9))?.interval).toEqual([11, 17]);
    expect(pairedDifference(pairs(20))?.interval).toEqual([15, 24]);
  });

  it("turns its sign with the order of the two, and holds the median between its bounds", () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 9999 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 60 }), (given) => {
        const there = pairedDifference(given);
        const back = pairedDifference(given.map(([a, b]) => [b, a] as const));
        expect((there?.median ?? 0) + (back?.median ?? 0)).toBeCloseTo(0, 6);
        if (!there?.interval) return;
        expect(there.interval[0]).toBeLessThanOrEqual(there.median);
        expect(there.interval[1]).toBeGreaterThanOrEqual(there.median);
      }),
    );
  });
});
