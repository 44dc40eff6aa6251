import { expect, it } from "vitest";
import { stepLength } from "./step-words.ts";

it.each([
  ["hour", "2026-11-18T10:00:00.000Z", "one hour"],
  ["day", "2026-11-18T00:00:00.000Z", "one day"],
  ["week", "2026-11-08T00:00:00.000Z", "7 days"],
  ["week", "2026-11-15T00:00:00.000Z", "5 days"],
  ["week", "2026-11-19T00:00:00.000Z", "one day"],
] as const)("says how long a %s from %s is that is told until noon of the 19th", (step, at, words) => {
  expect(stepLength(at, step, "2026-11-19T12:00:00.000Z")).toBe(words);
});
