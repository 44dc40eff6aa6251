import { describe, expect, it } from "vitest";
import { periodWords } from "./period-words.ts";

describe("periods of reports in words", () => {
  it.each([
    ["2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", "1 – 30 Nov 2026"],
    ["2026-07-01T00:00:00Z", "2026-10-01T00:00:00Z", "1 Jul – 30 Sep 2026"],
    ["2025-12-15T00:00:00Z", "2026-01-15T00:00:00Z", "15 Dec 2025 – 14 Jan 2026"],
    ["2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z", "28 Feb 2026"],
    ["2026-11-01T00:00:00Z", "2026-11-01T06:30:00Z", "1 Nov 2026 00:00:00 UTC – 1 Nov 2026 06:30:00 UTC"],
  ])("%s to before %s", (from, to, words) => {
    expect(periodWords(from, to)).toBe(words);
  });
});
