import { describe, expect, it } from "vitest";
import { lastWhole, nextEnd, periodEnding } from "./report-period.ts";

const words = ({ from, to }: { from: Date; to: Date }) => `${from.toISOString()} ${to.toISOString()}`;

describe("periods of reports, in UTC", () => {
  it.each([
    ["monthly", "2026-11-28T23:59:59.999Z", "2026-10-01T00:00:00.000Z 2026-11-01T00:00:00.000Z"],
    ["monthly", "2026-01-01T00:00:00.000Z", "2025-12-01T00:00:00.000Z 2026-01-01T00:00:00.000Z"],
    ["quarterly", "2026-11-28T00:00:00.000Z", "2026-07-01T00:00:00.000Z 2026-10-01T00:00:00.000Z"],
    ["quarterly", "2026-02-10T00:00:00.000Z", "2025-10-01T00:00:00.000Z 2026-01-01T00:00:00.000Z"],
  ] as const)("the last whole one, %s, at %s", (rhythm, now, expected) => {
    expect(words(lastWhole(rhythm, new Date(now)))).toBe(expected);
  });

  it("the next one ends after now, and the period that ends there meets the last whole one", () => {
    for (const rhythm of ["monthly", "quarterly"] as const)
      for (const now of [
        "2026-11-30T12:00:00.000Z",
        "2024-02-29T00:00:00.000Z",
        "2026-10-01T00:00:00.000Z",
      ]) {
        const end = nextEnd(rhythm, new Date(now));
        expect(end.getTime()).toBeGreaterThan(Date.parse(now));
        expect(periodEnding(rhythm, end).from).toEqual(lastWhole(rhythm, new Date(now)).to);
      }
  });
});
