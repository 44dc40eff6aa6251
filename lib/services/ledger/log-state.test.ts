import { describe, expect, it } from "vitest";
import { type LogStanding, logState, silentAfterMs } from "./log-state.ts";

const now = new Date("2026-11-22T12:00:00.000Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const calm: LogStanding = {
  frozen: false,
  sealed: false,
  failed: false,
  verified: true,
  entries: 10,
  checkpointSize: 10,
  waitingSince: null,
};

describe("what may be said of a log", () => {
  it.each<[string, Partial<LogStanding>, string]>([
    ["signed to its end and fully checked", {}, "whole"],
    ["signed, never fully checked: nothing is claimed of it", { verified: false }, "signed"],
    ["entries that wait a moment", { checkpointSize: 9, waitingSince: ago(silentAfterMs) }, "whole"],
    [
      "entries that wait longer than the signer takes",
      { checkpointSize: 9, waitingSince: ago(silentAfterMs + 1) },
      "silent",
    ],
    ["no checkpoint, however fresh the entries", { checkpointSize: null, waitingSince: ago(1) }, "unsigned"],
    ["no checkpoint and entries of long ago", { checkpointSize: null, waitingSince: ago(9e9) }, "unsigned"],
    ["no entry, with a checkpoint of the empty tree", { entries: 0, checkpointSize: 0 }, "empty"],
    ["a full check that found a difference", { failed: true, verified: false }, "failed"],
    [
      "a difference in a log whose signer is silent",
      { failed: true, checkpointSize: 1, waitingSince: ago(9e9) },
      "failed",
    ],
    [
      "sealed, and going on in no epoch yet, whatever else but frozen",
      { sealed: true, failed: true, checkpointSize: 1, waitingSince: ago(9e9) },
      "sealed",
    ],
    ["frozen, whatever else", { frozen: true, failed: true, entries: 0, checkpointSize: null }, "frozen"],
  ])("%s", (_name, over, state) => {
    expect(logState({ ...calm, ...over }, now)).toBe(state);
  });
});
