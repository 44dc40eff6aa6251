import { describe, expect, it } from "vitest";
import { rangeSearch } from "../contracts/range.ts";
import {
  comparedSpans,
  isComparable,
  lastDays,
  spanOf,
  startsBefore,
  startsOfSteps,
  windowOf,
} from "./window.ts";

const now = new Date("2026-11-22T12:30:00.000Z");
const span = (search: object) => spanOf(rangeSearch.parse(search), now);

describe("spanOf", () => {
  it.each(["2026-11-23T00:00:00Z", "9999-12-31T23:59:59Z"])("ends now where %s was asked for", (to) => {
    expect(span({ from: "2026-11-20T00:00:00Z", to })).toEqual({
      from: new Date("2026-11-20T00:00:00Z"),
      to: now,
    });
  });

  it("counts a range without a beginning from where it ends", () => {
    expect(span({ range: "1h", to: "9999-12-31T23:59:59Z" }).from).toEqual(
      new Date("2026-11-22T11:30:00.000Z"),
    );
  });

  it("leaves what was asked for whole; a list takes the last days of it", () => {
    const asked = span({ from: "0001-01-01T00:00:00Z" });
    expect(asked.from).toEqual(new Date("0001-01-01T00:00:00Z"));
    expect(lastDays(asked, 31)).toEqual({ from: new Date("2026-10-22T12:30:00.000Z"), to: now });
    expect(lastDays(span({ range: "7d" }), 31)).toEqual(span({ range: "7d" }));
  });

  it.each([
    [{ from: "2026-11-20T00:00:00Z", to: "2026-11-19T00:00:00Z" }, "ends before it begins"],
    [{ from: "9999-12-31T00:00:00Z", to: "9999-12-30T00:00:00Z" }, "ends before it begins"],
    [{ from: "9999-12-30T00:00:00Z", to: "9999-12-31T00:00:00Z" }, "begins in the future"],
    [{ from: "9999-12-30T00:00:00Z" }, "ends before it begins"],
  ])("refuses %j: it %s", (search, words) => {
    expect(() => span(search)).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        message: expect.stringContaining(words),
        fields: [expect.objectContaining({ field: "from" })],
      }),
    );
  });
});

describe("windowOf", () => {
  const window = { from: new Date("2026-11-20T10:15:00Z"), to: now };

  it.each([
    ["complete", "from the hour of the first record on", "2026-11-20T10:00:00Z"],
    ["before_record", "begins before the first record", "2026-11-20T11:00:00Z"],
    ["before_record", "ends before the first record", "2026-11-23T11:00:00Z"],
  ])("says %s of a window that %s", (coverage, _, first) => {
    expect(windowOf(window, new Date(first)).coverage).toBe(coverage);
  });

  it("never calls a part of what was asked for complete, and says what was asked for", () => {
    const first = new Date("2026-01-01T00:00:00Z");
    const asked = { from: new Date("2026-10-01T00:00:00Z"), to: now };
    const clipped = windowOf(window, first, null, asked);
    expect(clipped.coverage).toBe("part");
    expect(clipped.asked).toEqual({ from: "2026-10-01T00:00:00.000Z", to: now.toISOString() });
    expect(windowOf(window, first, null, window)).toMatchObject({ coverage: "complete", asked: null });
    // Wider than asked for leaves nothing out.
    const inner = { from: new Date("2026-11-20T10:30:00Z"), to: now };
    expect(windowOf(window, first, null, inner)).toMatchObject({
      coverage: "complete",
      asked: { from: "2026-11-20T10:30:00.000Z" },
    });
  });

  it("claims nothing where nothing was ever recorded", () => {
    expect(windowOf(window, null).coverage).toBe("before_record");
  });
});

describe("windowOf", () => {
  const { from, to } = span({ range: "7d" });
  const coverage = (first: string | null, pruned: string | null) =>
    windowOf({ from, to }, first === null ? null : new Date(first), pruned === null ? null : new Date(pruned))
      .coverage;

  it("is complete from the first recorded call on, and says what was deleted by retention", () => {
    expect(coverage(null, null)).toBe("before_record");
    expect(coverage("2026-11-20T00:00:00Z", null)).toBe("before_record");
    expect(coverage("2026-11-01T00:00:00Z", null)).toBe("complete");
    expect(coverage("2026-05-01T00:00:00Z", "2026-11-01T00:00:00Z")).toBe("complete");
    expect(coverage("2026-05-01T00:00:00Z", "2026-11-16T00:00:00Z")).toBe("retained_only");
  });
});

describe("comparedSpans", () => {
  const at = new Date("2026-11-22T22:59:00.000Z");

  it.each([
    [{ range: "1h" }, "2026-11-22T20:00:00Z", "2026-11-22T21:00:00Z", "2026-11-22T22:00:00Z"],
    [{ range: "24h" }, "2026-11-20T22:00:00Z", "2026-11-21T22:00:00Z", "2026-11-22T22:00:00Z"],
    [{ range: "1y" }, "2024-11-22T00:00:00Z", "2025-11-22T00:00:00Z", "2026-11-22T00:00:00Z"],
    [{ range: "30d" }, "2026-09-23T00:00:00Z", "2026-10-23T00:00:00Z", "2026-11-22T00:00:00Z"],
    [
      { from: "2026-11-22T10:10:00Z", to: "2026-11-22T13:50:00Z" },
      "2026-11-22T06:00:00Z",
      "2026-11-22T10:00:00Z",
      "2026-11-22T14:00:00Z",
    ],
    [
      { from: "2026-01-05T10:10:00Z", to: "2026-11-15T13:50:00Z" },
      "2025-02-24T00:00:00Z",
      "2026-01-05T00:00:00Z",
      "2026-11-16T00:00:00Z",
    ],
  ])("compares %j by whole hours or days, as many on either side", (search, before, from, to) => {
    const spans = comparedSpans(rangeSearch.parse(search), at);
    expect(spans.whole).toEqual({ from: new Date(from), to: new Date(to) });
    expect(spans.before).toEqual({ from: new Date(before), to: new Date(from) });
    expect(spans.span.from).toEqual(new Date(from));
  });

  it.each([
    [{ from: "2026-11-21T10:10:00Z", to: "2026-11-22T13:50:00Z" }, "2026-11-22T14:00:00Z"],
    [{ from: "2026-11-21T10:10:00Z", to: "2026-11-22T13:00:00Z" }, "2026-11-22T13:00:00Z"],
    [{ from: "2026-11-01T10:10:00Z", to: "2026-11-20T00:30:00Z" }, "2026-11-21T00:00:00Z"],
    [{ from: "2026-11-22T10:10:00Z", to: "2026-11-22T22:30:00Z" }, at.toISOString()],
    [{ range: "30d" }, at.toISOString()],
  ])("ends %j where what is counted ends, and now at the latest", (search, to) => {
    expect(comparedSpans(rangeSearch.parse(search), at).span.to).toEqual(new Date(to));
  });

  it.each([
    ["hour", 7],
    ["day", 8],
    ["day", 92],
    ["week", 93],
    ["week", 366],
  ])("tells by the %s what lasts %d days", (step, days) => {
    const from = new Date(at.getTime() - days * 86_400_000).toISOString();
    expect(comparedSpans(rangeSearch.parse({ from }), at).step).toBe(step);
  });

  it("begins the first seven days where the span begins, on whatever weekday, and cuts the last ones short", () => {
    const { span, step } = comparedSpans(rangeSearch.parse({ from: "2026-08-05T10:00:00Z" }), at);
    const starts = startsOfSteps(span, step).map((ms) => new Date(ms).toISOString().slice(0, 10));
    expect(starts).toHaveLength(16);
    expect([starts[0], starts[1], starts.at(-1)]).toEqual(["2026-08-05", "2026-08-12", "2026-11-18"]);
  });

  it("holds seven days that hold the running one against nothing, and those that are over against as many", () => {
    const count = (search: object) => {
      const spans = comparedSpans(rangeSearch.parse(search), at);
      return [startsOfSteps(spans.span, spans.step).length, startsBefore(spans).starts.length];
    };
    expect(count({ from: "2026-08-05T10:00:00Z" })).toEqual([16, 15]);
    expect(count({ from: "2026-08-05T10:00:00Z", to: "2026-11-22T00:00:00Z" })).toEqual([16, 16]);
    expect(count({ range: "24h" })).toEqual([25, 24]);
  });

  it("draws a day beside the same weekday", () => {
    for (const [days, weeks] of [
      [8, 7],
      [30, 28],
      [60, 56],
    ] as const) {
      const from = new Date(at.getTime() - days * 86_400_000).toISOString();
      const spans = comparedSpans(rangeSearch.parse({ from }), at);
      const { shiftMs, starts } = startsBefore(spans);
      expect(shiftMs).toBe(weeks * 86_400_000);
      expect(starts[0]).toBe(spans.span.from.getTime() - shiftMs);
      expect(starts).toHaveLength(days);
    }
  });

  it.each([
    ["2026-10-08T00:00:00Z", true],
    // The record may begin in the course of the first day.
    ["2026-10-08T09:00:00Z", true],
    ["2026-10-09T00:00:00Z", false],
    ["2026-11-20T00:00:00Z", false],
  ])("holds nothing against a time before the record, which begins %s: %s", (first, comparable) => {
    const spans = comparedSpans(
      rangeSearch.parse({ from: "2026-10-30T10:00:00Z", to: "2026-11-21T00:00:00Z" }),
      at,
    );
    expect(spans.before.from).toEqual(new Date("2026-10-08T00:00:00Z"));
    expect(isComparable(spans, new Date(first))).toBe(comparable);
    expect(isComparable(spans, null)).toBe(false);
  });

  it("compares nothing where a range ends in its first hour", () => {
    const { whole, before } = comparedSpans(rangeSearch.parse({ from: "2026-11-22T22:10:00Z" }), at);
    expect(whole.from).toEqual(whole.to);
    expect(before.from).toEqual(before.to);
  });
});
