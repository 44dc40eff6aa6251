import { describe, expect, it } from "vitest";
import { countedOf } from "./rollup-span.ts";

const at = (time: string) => new Date(`2026-11-30T${time}:00.000Z`);
const later = at("23:00").getTime();

/** In words: the whole hours, and each stretch of rows that comes on top or is taken off. */
function counted(from: string, to: string, now = later): string {
  const { hours, edges } = countedOf({ from: at(from), to: at(to) }, now);
  const word = (instant: Date) => instant.toISOString().slice(11, 16);
  const rows = edges
    .filter(({ from: a, to: b }) => a < b)
    .map(({ from: a, to: b, sign }) => `${sign > 0 ? "+" : "-"}${word(a)}-${word(b)}`);
  const whole = hours.from < hours.to ? [`${word(hours.from)}-${word(hours.to)}`] : [];
  return [...whole, ...rows].join(" ");
}

describe("what a span is counted from", () => {
  it.each([
    ["10:00", "13:00", "10:00-13:00"],
    ["10:10", "13:00", "10:00-13:00 -10:00-10:10"],
    ["10:50", "13:00", "11:00-13:00 +10:50-11:00"],
    ["10:00", "12:10", "10:00-12:00 +12:00-12:10"],
    ["10:00", "12:50", "10:00-13:00 -12:50-13:00"],
    ["10:50", "11:10", "+10:50-11:10"],
  ])("%s to %s: %s", (from, to, words) => {
    expect(counted(from, to)).toBe(words);
  });

  it("of the hour that runs is all of it, without the little that was recorded since", () => {
    const now = at("12:11").getTime();
    expect(counted("10:00", "12:10", now)).toBe("10:00-13:00 -12:10-13:00");
    expect(counted("10:00", "12:00", now)).toBe("10:00-12:00");
  });
});
