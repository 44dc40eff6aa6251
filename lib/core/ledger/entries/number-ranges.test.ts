import fc from "fast-check";
import { expect, it } from "vitest";
import {
  addNumber,
  countNumbers,
  hasNumber,
  intersectRanges,
  type NumberRanges,
  rangesInWords,
  rangesOf,
  subtractRanges,
} from "./number-ranges.ts";

const numbers = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 });
const members = (ranges: NumberRanges) =>
  ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

it("holds each number once, in order, in as few ranges as there can be", () => {
  fc.assert(
    fc.property(numbers, (given) => {
      const ranges: [number, number][] = [];
      const seen = new Set<number>();
      for (const n of given) {
        expect(addNumber(ranges, n)).toBe(!seen.has(n));
        seen.add(n);
      }
      const sorted = [...seen].sort((a, b) => a - b);
      expect(members(ranges)).toEqual(sorted);
      expect(ranges).toEqual(rangesOf(given));
      expect(countNumbers(ranges)).toBe(seen.size);
      for (const [i, [first]] of ranges.entries())
        expect(first).toBeGreaterThan((ranges[i - 1]?.[1] ?? -1) + 1);
      for (let n = 0; n <= 61; n += 1) expect(hasNumber(ranges, n)).toBe(seen.has(n));
    }),
  );
});

it("subtracts and intersects as sets do", () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const others = new Set(b);
      const [left, right] = [rangesOf(a), rangesOf(b)];
      const mine = [...new Set(a)].sort((x, y) => x - y);
      expect(members(subtractRanges(left, right))).toEqual(mine.filter((n) => !others.has(n)));
      expect(members(intersectRanges(left, right))).toEqual(mine.filter((n) => others.has(n)));
    }),
  );
});

it("says ranges in words, and how many more there are", () => {
  expect(rangesInWords(rangesOf([3, 7, 8, 9]))).toBe("3, 7 to 9");
  expect(rangesInWords(rangesOf([1, 3, 5]), 2)).toBe("1, 3 and 1 more ranges");
});
