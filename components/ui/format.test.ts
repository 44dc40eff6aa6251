import { describe, expect, it } from "vitest";
import { formatBytes, formatCount, formatNoun, formatShare, formatShort } from "./format-number.ts";
import { formatDuration, formatInstant, formatShortInstant, formatWindow } from "./format-time.ts";
import { shortenMiddle } from "./shorten-middle.ts";

/** Thin spaces as spaces, so that the expectations can be read. */
const plain = (text: string | null) => text?.replaceAll("\u202f", " ") ?? null;

describe("formatShare never rounds to a claim", () => {
  it.each([
    [99_999, 100_000, "99.9 %"],
    [100_000, 100_000, "100 %"],
    [1, 100_000, "< 0.1 %"],
    [0, 100_000, "0 %"],
    [0, 0, null],
    [993, 1000, "99.3 %"],
  ])("%i of %i is %s", (part, total, words) => {
    expect(plain(formatShare(part, total))).toBe(words);
  });
});

describe("numbers", () => {
  it.each([
    [formatCount(12_480), "12 480"],
    [formatCount(999), "999"],
    [formatShort(950), "950"],
    [formatShort(1200), "1.2 k"],
    [formatShort(1650), "1.65 k"],
    [formatShort(20_000), "20 k"],
    [formatShort(3_400_000), "3.4 M"],
    [formatNoun(1, "call"), "1 call"],
    [formatNoun(12_480, "call"), "12 480 calls"],
    [formatBytes(0), "0 B"],
    [formatBytes(1536), "1.5 KiB"],
  ])("%s", (text, words) => {
    expect(plain(text)).toBe(words);
  });
});

describe("instants are UTC and say so, whatever the zone of the machine", () => {
  it.each([
    [formatInstant("2026-11-22T23:30:05.250+01:00"), "22 Nov 2026 22:30 UTC"],
    [formatInstant("2026-11-22T23:30:05.250Z", "millisecond"), "22 Nov 2026 23:30:05.250 UTC"],
    [formatInstant("2026-11-22T23:30:05Z", "day"), "22 Nov 2026 UTC"],
    [formatShortInstant("2026-01-02T03:04:05Z", "second"), "2 Jan 03:04:05"],
    [formatWindow("2026-11-15T00:00:00Z", "2026-11-22T00:00:00Z"), "15 Nov 2026 – 22 Nov 2026 UTC"],
    [
      formatWindow("2026-11-15T00:00:00Z", "2026-11-22T14:05:00Z"),
      "15 Nov 2026 00:00 – 22 Nov 2026 14:05 UTC",
    ],
  ])("%s", (text, words) => {
    expect(text).toBe(words);
  });
});

describe("durations", () => {
  it.each([
    [840, "840 ms"],
    [1240, "1.2 s"],
    [59_700, "1 min"],
    [200_000, "3 min 20 s"],
    [7_500_000, "2 h 5 min"],
    [172_800_000, "2 d"],
  ])("%i ms is %s", (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe("shortenMiddle", () => {
  it("keeps both ends and the given length", () => {
    expect(shortenMiddle("0192f1a0-7c3e-7a10-9d2f-1c5b0e6f4a77", 13)).toBe("0192f1…6f4a77");
    expect(shortenMiddle("eu.api.openai.com", 28)).toBe("eu.api.openai.com");
  });
});
