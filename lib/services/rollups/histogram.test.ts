import { describe, expect, it } from "vitest";
import {
  addHistogram,
  countInto,
  emptyHistogram,
  histogramBounds,
  histogramSize,
  percentiles,
} from "./histogram.ts";

const filled = (histogram: readonly number[]) =>
  histogram.flatMap((count, bucket) => (count > 0 ? [{ bucket, count }] : []));

describe("the histogram", () => {
  it("has rising bounds, from 5 ms to more than ten minutes", () => {
    expect(histogramBounds[0]).toBe(5);
    expect(histogramBounds.every((bound, i) => i === 0 || bound > (histogramBounds[i - 1] ?? 0))).toBe(true);
    expect(histogramBounds.at(-1)).toBeGreaterThan(600_000);
    expect(emptyHistogram()).toHaveLength(histogramSize);
  });

  it("gives percentiles at most 22 % off", () => {
    const values = Array.from({ length: 5_000 }, (_, i) => 20 + ((i * 7919) % 5_000) * 3);
    const histogram = emptyHistogram();
    for (const value of values) countInto(histogram, value);
    const sorted = values.toSorted((a, b) => a - b);
    const shares = [0.5, 0.9, 0.95, 0.99];
    const estimates = percentiles(filled(histogram), shares);
    for (const [i, p] of shares.entries()) {
      const exact = sorted[Math.ceil(p * sorted.length) - 1] ?? 0;
      const estimate = estimates[i] ?? 0;
      expect(Math.abs(estimate - exact) / exact, `p${p * 100}`).toBeLessThan(0.22);
    }
  });

  it("merges by adding bucket by bucket", () => {
    const [a, b, both] = [emptyHistogram(), emptyHistogram(), emptyHistogram()];
    for (let ms = 1; ms < 4_000; ms += 13) {
      countInto(ms % 2 === 0 ? a : b, ms);
      countInto(both, ms);
    }
    const merged = [...a];
    addHistogram(merged, b, 1);
    expect(merged).toEqual(both);
    addHistogram(merged, a, -1);
    expect(merged).toEqual(b);
  });

  it("goes through the bucket that a share lies in, of several in one as well", () => {
    const histogram = emptyHistogram();
    histogram[0] = 10;
    histogram[3] = 10;
    const [, , lower = 0, upper = 0] = histogramBounds;
    const at = (share: number) => lower + (upper - lower) * share;
    expect(percentiles(filled(histogram), [0.25, 0.5, 0.55, 0.95, 1])).toEqual([
      2.5,
      5,
      at(0.1),
      at(0.9),
      upper,
    ]);
  });

  it("says nothing of nothing, and keeps what is off the scale", () => {
    expect(percentiles([], [0.5])).toEqual([null]);
    const histogram = emptyHistogram();
    countInto(histogram, 10_000_000);
    expect(histogram.at(-1)).toBe(1);
    expect(percentiles(filled(histogram), [0.5, 0.99])).toEqual([
      histogramBounds.at(-1),
      histogramBounds.at(-1),
    ]);
  });
});
