import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeText } from "./time-text.ts";

const said = (write: () => string): string => {
  try {
    return write();
  } catch (error) {
    return String(error);
  }
};
const expectSame = (ms: number): void =>
  expect(said(() => timeText(ms))).toBe(said(() => new Date(ms).toISOString()));

/** Last moment of a date (ECMA-262, 21.4.1.1). */
const last = 8_640_000_000_000_000;

describe("timeText", () => {
  it("says of any number what a date says, also when the one before was of the same second", () => {
    const near = fc.tuple(
      fc.oneof(fc.integer({ min: -last, max: last }), fc.integer({ min: 0, max: 4_102_444_800_000 })),
      fc.array(fc.oneof(fc.integer({ min: -2_000, max: 2_000 }), fc.double({ min: -2_000, max: 2_000 }))),
    );
    fc.assert(
      fc.property(near, ([ms, steps]) => {
        for (const step of [0, ...steps]) expectSame(ms + step);
      }),
    );
  });

  it.each([
    [0, -0, 0.5, -0.5, -1, -999, -1_000, -1_001, 999, 999.999, 1_000],
    [last - 1, last, last + 1, last, last + 999, last - 1_000],
    [-last, -last + 1, -last - 1, -last - 0.5, -last],
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e300, -1e300],
    [253_402_300_799_999, 253_402_300_800_000, -62_167_219_200_001, -62_167_219_200_000],
  ])("has the same edges: %s, …", (...edges) => {
    for (const ms of edges) expectSame(ms);
  });
});
