import { expect, it } from "vitest";
import type { ReplayChunk } from "../../lib/contracts/replays.ts";
import { addChunk, nothingReplayed } from "./replay-sum.ts";

const chunk = (over: Partial<ReplayChunk>): ReplayChunk => ({
  from: "2026-11-01T00:00:00.000Z",
  to: "2026-11-21T00:00:00.000Z",
  totalCalls: 12,
  looked: 5,
  verdicts: [
    { before: "compliant", after: "compliant", calls: 3 },
    { before: "violation", after: "blocked", calls: 2 },
  ],
  stopped: 2,
  stoppedBefore: 0,
  wouldStop: 0,
  stopReasons: [{ reason: "host_out_of_region", calls: 2 }],
  differing: [],
  nextCursor: null,
  ...over,
});

it("adds parts up: every count is a sum, and only another verdict counts as a difference", () => {
  const second = chunk({
    looked: 4,
    verdicts: [
      { before: "violation", after: "blocked", calls: 3 },
      { before: "blocked", after: "not_known", calls: 1 },
    ],
    stopped: 3,
    stopReasons: [
      { reason: "pin_unknown", calls: 1 },
      { reason: "host_out_of_region", calls: 2 },
    ],
  });
  const sum = addChunk(addChunk(nothingReplayed, chunk({})), second);
  expect(sum).toMatchObject({ looked: 9, totalCalls: 12, stopped: 5, differ: 6 });
  expect(sum.verdicts[0]).toEqual({ before: "violation", after: "blocked", calls: 5 });
  expect(sum.stopReasons).toEqual([
    { reason: "host_out_of_region", calls: 4 },
    { reason: "pin_unknown", calls: 1 },
  ]);
});
