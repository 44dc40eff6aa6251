import { describe, expect, it } from "vitest";
import { timeTicks } from "./time-ticks.ts";

const every = (ms: number, count: number, from = Date.UTC(2026, 10, 15, 14)) =>
  Array.from({ length: count }, (_, index) => new Date(from + index * ms).toISOString());

describe("timeTicks", () => {
  it.each([
    ["a day of hours", every(3_600_000, 24)],
    ["a week of hours", every(3_600_000, 168)],
    ["a month of days", every(86_400_000, 31, Date.UTC(2026, 9, 23))],
    ["sixty days", every(86_400_000, 60, Date.UTC(2026, 8, 23))],
    ["a quarter of days", every(86_400_000, 92, Date.UTC(2026, 6, 1))],
    ["fourteen times seven days from a Friday", every(7 * 86_400_000, 14, Date.UTC(2026, 6, 3))],
    ["a year of seven days", every(7 * 86_400_000, 53, Date.UTC(2026, 0, 1))],
  ])("%s gets two to eight, all of them points", (_, points) => {
    const ticks = timeTicks(points);
    expect(ticks.length).toBeGreaterThan(2);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(points).toEqual(expect.arrayContaining(ticks));
  });

  it("puts those of a week on UTC midnights", () => {
    expect(timeTicks(every(3_600_000, 168)).every((at) => at.endsWith("T00:00:00.000Z"))).toBe(true);
  });

  it("goes on to the end of a long span", () => {
    const points = every(7 * 86_400_000, 53);
    const last = timeTicks(points).at(-1) ?? "";
    expect(points.indexOf(last)).toBeGreaterThan(44);
  });

  it("has none where there is nothing", () => {
    expect(timeTicks([])).toEqual([]);
  });
});
