import { describe, expect, it } from "vitest";
import { countInto, emptyHistogram, histogramBounds, histogramSize, percentile } from "./histogram.ts";

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
    for (const p of [0.5, 0.9, 0.95, 0.99]) {
      const exact = sorted[Math.ceil(p * sorted.length) - 1] ?? 0;
      const estimate = percentile(histogram, p) ?? 0;
      expect(Math.abs(estimate - exact) / exact, `p${p * 100}`).toBeLessThan(0.22);
    }
  });

  it("merges by adding bucket by bucket", () => {
    const [a, b, both] = [emptyHistogram(), emptyHistogram(), emptyHistogram()];
    for (let ms = 1; ms < 4_000; ms += 13) {
      countInto(ms % 2 === 0 ? a : b, ms);
      countInto(both, ms);
    }
    expect(a.map((count, i) => count + (b[i] ?? 0))).toEqual(both);
  });

  it("says nothing of nothing, and keeps what is off the scale", () => {
    expect(percentile(emptyHistogram(), 0.5)).toBeNull();
    const histogram = emptyHistogram();
    countInto(histogram, 10_000_000);
    expect(histogram.at(-1)).toBe(1);
    expect(percentile(histogram, 0.5)).toBe(histogramBounds.at(-1));
  });
});
