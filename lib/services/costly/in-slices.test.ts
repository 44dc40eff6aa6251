import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { inSlices } from "./in-slices.ts";

afterEach(() => vi.restoreAllMocks());

const rows = Array.from({ length: 200 }, (_, n) => n);

it("has all rows, in their order", async () => {
  expect(await Array.fromAsync(inSlices(rows))).toEqual(rows);
});

it("runs one slice in a turn of the event loop, of however many pieces of work", async () => {
  // Each look at the clock is a millisecond later than the one before: a slice is a few rows.
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock++);
  let inTurn = 0;
  let most = 0;
  let isOver = false;
  const piece = async () => {
    for await (const _ of inSlices(rows)) inTurn += 1;
  };
  const pieces = Promise.all([piece(), piece(), piece(), piece()]).then(() => {
    isOver = true;
  });
  // What they do before they have first given way is done together.
  await nextTurn();
  inTurn = 0;
  while (!isOver) {
    await nextTurn();
    most = Math.max(most, inTurn);
    inTurn = 0;
  }
  await pieces;
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(10);
});
