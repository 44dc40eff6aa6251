import { describe, expect, it } from "vitest";
import type { CallRecord } from "../../calls/call-record.ts";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { chat, dialled, preset } from "../../testing/case.ts";
import { recordedCall } from "../../testing/recorded-call.ts";
import { type Balance, openBalance } from "./balance.ts";
import { bootClosedDraft, heartbeatDraft } from "./boot-body.ts";
import { callDraft, lateOutcomeDraft } from "./call-draft.ts";
import { decodeEntry, encodeEntry } from "./entry.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { epochOpenedDraft } from "./epoch-body.ts";
import { rangesOf } from "./number-ranges.ts";

const boot = "019aab00-0000-7000-8000-0000000000b1";

function record(n: number | null, over: Partial<CallRecord> = {}) {
  return recordedCall(
    {
      facts: chat(),
      attempts: [dialled("eu.api.openai.com")],
      policy: preset("eea_ch"),
      catalog: openaiCatalog,
      pin: { kind: "unknown", region: null, source: "none", since: null, attestedBy: null },
      intendedRegion: "eu",
      refusal: null,
    },
    { intent: n === null ? null : { bootId: boot, n }, ...over },
  );
}

const ended = (n: number) => callDraft(record(n));
const swept = (n: number) => callDraft(record(n, { end: "unknown", endedAt: null }));
const late = (n: number) => lateOutcomeDraft(record(n));
const beat = (issuedTo: number, ...open: number[]) =>
  heartbeatDraft({ boot, issuedTo, open: { ranges: rangesOf(open), count: open.length } });
const closed = (issuedTo: number) => bootClosedDraft(boot, issuedTo);

/** From bytes, as an auditor has them. */
function balance(...drafts: EntryDraft[]): Balance {
  const bytes = drafts.map(({ type, body }, index) =>
    encodeEntry({ log: "domicile.ledger/x/e1", index, type, at: "2026-11-22T09:00:01.000Z", body }),
  );
  const open = openBalance();
  for (const each of bytes) open.add(decodeEntry(each));
  return open.end();
}

const sums = ({ intents, outcomes, unknown, open, missing }: Balance) => ({
  intents,
  outcomes,
  unknown,
  open,
  missing,
});

describe("the balance, from bytes alone", () => {
  it("adds up: intents are outcomes, unknown ends and what is open", () => {
    const found = balance(ended(1), swept(2), beat(4, 3, 4), ended(3), beat(4, 4));
    expect(sums(found)).toEqual({ intents: 4, outcomes: 2, unknown: 1, open: 1, missing: 0 });
    expect(found.objections).toEqual([]);
  });

  it("moves one from unknown to outcomes for a late end, and never counts it twice", () => {
    const found = balance(swept(1), swept(2), closed(2), late(1));
    expect(sums(found)).toEqual({ intents: 2, outcomes: 1, unknown: 1, open: 0, missing: 0 });
    expect(found.objections).toEqual([]);
  });

  it("does not take entries in another order than their numbers for holes", () => {
    const found = balance(ended(2), ended(3), ended(1), beat(3));
    expect(sums(found)).toMatchObject({ intents: 3, missing: 0 });
    expect(found.objections).toEqual([]);
  });

  it("counts refused and imported calls, which take no number, apart", () => {
    const refused = record(null, { end: "refused", refusal: { code: "region_blocked", message: "No." } });
    const found = balance(callDraft(refused), callDraft(record(null, { source: "intake" })));
    expect(found).toMatchObject({ intents: 0, withoutIntent: { refused: 1, imported: 1 }, objections: [] });
  });

  it("counts a refusal whose intent was in doubt under its own number, without a hole before it", () => {
    const found = balance(ended(1), callDraft(record(4, { end: "refused" })), closed(1));
    expect(sums(found)).toEqual({ intents: 2, outcomes: 2, unknown: 0, open: 0, missing: 0 });
    expect(found.objections).toEqual([]);
  });

  it("keeps boots apart", () => {
    const other = callDraft(record(1, { intent: { bootId: "019aab00-0000-7000-8000-0000000000b2", n: 1 } }));
    const found = balance(ended(1), other, closed(1));
    expect(found.boots.map(({ closed: isClosed, intents }) => [isClosed, intents])).toEqual([
      [true, 1],
      [false, 1],
    ]);
  });

  it("of nothing is nothing, and claims nothing", () => {
    expect(balance()).toMatchObject({ boots: [], intents: 0, objections: [] });
  });
});

describe("2.17 row 12: a record lost on its way shows", () => {
  it("gateway killed in mid-stream: what was open is unknown once the sweeper has closed it, and none is missing", () => {
    const before = balance(ended(1), beat(3, 2, 3));
    expect(sums(before)).toEqual({ intents: 3, outcomes: 1, unknown: 0, open: 2, missing: 0 });
    const after = balance(ended(1), beat(3, 2, 3), swept(2), swept(3), closed(3));
    expect(sums(after)).toEqual({ intents: 3, outcomes: 1, unknown: 2, open: 0, missing: 0 });
    expect(after.boots[0]?.closed).toBe(true);
  });

  it("a record dropped before it entered the tree is missing by the next heartbeat, by its number", () => {
    const found = balance(ended(1), ended(3), beat(4, 4));
    expect(sums(found)).toEqual({ intents: 4, outcomes: 2, unknown: 0, open: 1, missing: 1 });
    expect(found.objections).toEqual([
      `Boot ${boot}: no entry for 2, given out by entry 2. A record is missing.`,
    ]);
  });

  it("two losses side by side, and one apart, are all named", () => {
    const found = balance(ended(1), ended(4), ended(6), closed(6));
    expect(found.missing).toBe(3);
    expect(found.objections[0]).toContain("no entry for 2 to 3, 5,");
  });

  it("a gateway that never said a word is known by its closing alone", () => {
    expect(balance(closed(5))).toMatchObject({ intents: 5, missing: 5 });
  });

  it("a call that a heartbeat had called recorded and that comes later contradicts it", () => {
    const found = balance(beat(1), ended(1));
    expect(found.missing).toBe(0);
    expect(found.objections).toEqual([
      `Boot ${boot}, entry 1: is the call of number 1, which entry 0 had called recorded.`,
    ]);
  });
});

describe("what contradicts itself is said", () => {
  it.each([
    ["a number used twice", [ended(1), ended(1)], "is a second call under number 1"],
    ["numbers taken back", [ended(1), ended(2), beat(2), beat(1)], "entry 2 said 2"],
    [
      "a recorded number opened again",
      [beat(2, 2), beat(2, 1)],
      "calls 1 open, which entry 0 called recorded",
    ],
    ["numbers after the last word", [closed(0), beat(3)], "after the boot was closed at 0"],
    ["two last words", [closed(0), closed(2)], "entry 0 closed it at 0"],
    ["a late end that nobody waited for", [ended(1), late(1)], "which was not waited for"],
    ["a late end told twice", [swept(1), late(1), late(1)], "once more"],
    ["a call sent without an intent", [callDraft(record(null))], "has no intent"],
  ])("%s", (_what, drafts, words) => {
    expect(balance(...drafts).objections.join("\n")).toContain(words);
  });

  it("a stale heartbeat after the closing opens nothing again", () => {
    const found = balance(swept(1), closed(1), beat(1, 1));
    expect(sums(found)).toMatchObject({ open: 0, unknown: 1, missing: 0 });
    expect(found.objections).toEqual([]);
  });
});

describe("a log that follows a sealed one", () => {
  const previous = { origin: "domicile.ledger/x/e1", size: 9, root: "cm9vdA==" };
  const follows = epochOpenedDraft({ epoch: 2, reason: "A key was lost.", previous });

  it("does not miss what stands in the log before, and misses what is lost from then on", () => {
    const begun = [follows, ended(5), beat(7, 7)];
    expect(sums(balance(...begun))).toEqual({ intents: 2, outcomes: 1, unknown: 0, open: 1, missing: 0 });
    expect(balance(...begun, ended(7), beat(9, 9)).objections).toEqual([
      `Boot ${boot}: no entry for 8, given out by entry 4. A record is missing.`,
    ]);
  });

  it("takes a late end of a call that the log before holds", () => {
    expect(balance(follows, late(3), beat(4)).objections).toEqual([]);
  });

  it("excuses no boot that began after it", () => {
    const young = "01a2027d-0000-7000-8000-0000000000b1";
    const word = heartbeatDraft({ boot: young, issuedTo: 2, open: { ranges: [], count: 0 } });
    expect(balance(follows, word).missing).toBe(2);
    const first = epochOpenedDraft({ epoch: 1, reason: null, previous: null });
    expect(balance(first, beat(2)).missing).toBe(2);
  });
});
