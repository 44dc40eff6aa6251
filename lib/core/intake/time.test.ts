import fc from "fast-check";
import { expect, it } from "vitest";
import { instantOf, readInstant } from "./time.ts";

it("writes each moment as JavaScript's own clock does, and reads back what it wrote", () => {
  const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) - 1 });
  fc.assert(
    fc.property(moment, (ms) => {
      const text = new Date(ms).toISOString();
      return instantOf(ms) === text && readInstant(text) === text;
    }),
  );
});

it.each([
  0,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Date.UTC(2100, 0, 1),
  1_764_000_000,
  "1764000000000",
  null,
])("takes %s for no moment, not for a wrong one", (ms) => {
  expect(instantOf(ms)).toBeNull();
});

it.each([
  ["2026-11-28T10:00:00Z", "2026-11-28T10:00:00.000Z"],
  ["2026-11-28T10:00:00.123456+00:00", "2026-11-28T10:00:00.123Z"],
  ["2026-11-28 10:00:00.5", "2026-11-28T10:00:00.500Z"],
  ["2026-11-28 10:00", "2026-11-28T10:00:00.000Z"],
  ["2026-11-28 10:00:00 UTC", "2026-11-28T10:00:00.000Z"],
  ["2026-11-28T01:30:00+0530", "2026-11-27T20:00:00.000Z"],
  // PostgreSQL's text of a timestamptz: minutes where the zone has them.
  ["2026-11-22 10:00:00.123456+00", "2026-11-22T10:00:00.123Z"],
  ["2026-11-22 10:00:00+02", "2026-11-22T08:00:00.000Z"],
  ["2026-11-22 23:00:00-03", "2026-11-23T02:00:00.000Z"],
  ["2026-11-22 10:00:00+05:30", "2026-11-22T04:30:00.000Z"],
  ["2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00.000Z"],
  ["2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000Z"],
])("reads %s", (text, instant) => {
  expect(readInstant(text)).toBe(instant);
});

it.each([
  "2026-11-28",
  "28.11.2026 10:00",
  "11/28/2026 10:00 AM",
  "2026-06-31T10:00:00Z",
  "2026-02-29T10:00:00Z",
  "2026-13-01T10:00:00Z",
  "2026-11-28T24:00:00Z",
  "2026-11-28T10:00:00 CET",
  "2026-11-28 10:00:00+2",
  "2026-11-28 10:00:00+02:",
  "2026-11-28 10:00:00+023",
  "2026-11-28 10:00:00+19",
  "2026-11-28+02",
  "1970-01-01T00:00:00Z",
  "",
  7,
  null,
])("does not guess a moment from %s", (text) => {
  expect(readInstant(text)).toBeNull();
});
