import { describe, expect, it } from "vitest";
import { entryBytesMax } from "../canonical.ts";
import { bootClosedDraft, heartbeatDraft, readBootBody } from "./boot-body.ts";
import { decodeEntry, EntryError, encodeEntry } from "./entry.ts";
import { hasNumber, rangesOf } from "./number-ranges.ts";

const boot = "019aab00-0000-7000-8000-0000000000b1";

describe("a heartbeat", () => {
  it("says how far numbers were given out and which are open", () => {
    const { body } = heartbeatDraft({ boot, issuedTo: 9, open: { ranges: rangesOf([3, 7, 8]), count: 3 } });
    expect(body).toEqual({
      boot,
      issued_to: 9,
      open: {
        ranges: [
          [3, 3],
          [7, 8],
        ],
        count: 3,
      },
    });
    expect(readBootBody(body)).toEqual({
      boot,
      issuedTo: 9,
      open: {
        ranges: [
          [3, 3],
          [7, 8],
        ],
        count: 3,
      },
    });
  });

  it("fits an entry however many are open, and then calls open what is not, never the other way round", () => {
    const base = Number.MAX_SAFE_INTEGER - 100_000;
    const open = Array.from({ length: 20_000 }, (_, i) => base + 2 * i);
    const draft = heartbeatDraft({
      boot,
      issuedTo: base + 50_000,
      open: { ranges: rangesOf(open), count: 20_000 },
    });
    const log = "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1";
    const bytes = encodeEntry({
      log,
      index: 1,
      type: draft.type,
      at: "2026-11-22T09:00:01.000Z",
      body: draft.body,
    });
    expect(bytes.length).toBeLessThanOrEqual(entryBytesMax);
    const read = readBootBody(decodeEntry(bytes).body);
    expect(read.open.count).toBe(20_000);
    for (const n of open) expect(hasNumber(read.open.ranges, n)).toBe(true);
  });

  it.each([
    [
      "ranges that overlap",
      {
        ranges: [
          [1, 3],
          [3, 4],
        ],
        count: 4,
      },
    ],
    [
      "ranges that touch",
      {
        ranges: [
          [1, 3],
          [4, 4],
        ],
        count: 4,
      },
    ],
    ["a range backwards", { ranges: [[3, 1]], count: 3 }],
    ["number 0", { ranges: [[0, 1]], count: 2 }],
    ["a range of three", { ranges: [[1, 2, 3]], count: 3 }],
    ["a number never given out", { ranges: [[1, 10]], count: 10 }],
    ["no count", { ranges: [] }],
    ["another member", { ranges: [], count: 0, closed: 1 }],
  ])("with %s is refused", (_what, open) => {
    expect(() => readBootBody({ boot, issued_to: 9, open } as never)).toThrow(EntryError);
  });
});

it("the sweeper's last word has the same form, and nothing is open in it", () => {
  expect(readBootBody(bootClosedDraft(boot, 12).body)).toEqual({
    boot,
    issuedTo: 12,
    open: { ranges: [], count: 0 },
  });
});
