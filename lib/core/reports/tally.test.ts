import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import type { CallRecord } from "../calls/call-record.ts";
import { bootClosedDraft, heartbeatDraft } from "../ledger/entries/boot-body.ts";
import { callDraft, lateOutcomeDraft } from "../ledger/entries/call-draft.ts";
import { decodeEntry, encodeEntry } from "../ledger/entries/entry.ts";
import type { EntryDraft } from "../ledger/entries/entry-draft.ts";
import { eventDraft } from "../ledger/entries/event-body.ts";
import { rangesOf } from "../ledger/entries/number-ranges.ts";
import { readEntry } from "../ledger/entries/read-entry.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, pinnedTo, preset } from "../testing/case.ts";
import { recordedCall } from "../testing/recorded-call.ts";
import { everyCall } from "./call-filter.ts";
import type { ComputedReport } from "./computed-report.ts";
import { isCovered } from "./computed-report.ts";
import type { ReportFrame } from "./report-frame.ts";
import { openTally } from "./tally.ts";
import { openTallyPart } from "./tally-part.ts";

const log = "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1";
const boot = "019aab00-0000-7000-8000-0000000000b1";

function call(n: number, host = "eu.api.openai.com", over: Partial<CallRecord> = {}): EntryDraft {
  return callDraft(input(n, host, over));
}

function input(n: number, host: string, over: Partial<CallRecord> = {}) {
  return recordedCall(
    {
      facts: chat({ modelRequested: n % 2 === 0 ? "gpt-4o-2024-08-06" : "gpt-4.1-2025-04-14" }),
      attempts: [dialled(host)],
      policy: preset("eea_ch"),
      catalog: openaiCatalog,
      pin: pinnedTo("eu"),
      intendedRegion: "eu",
      refusal: null,
    },
    { id: `019aab00-0000-7000-8000-${String(n).padStart(12, "0")}`, intent: { bootId: boot, n }, ...over },
  );
}

const beat = (issuedTo: number, ...open: number[]) =>
  heartbeatDraft({ boot, issuedTo, open: { ranges: rangesOf(open), count: open.length } });

const event = (kind: string, at = "2026-11-22T10:00:00.000Z") =>
  eventDraft({
    id: "e",
    at,
    actor: "person",
    actorId: "p-1",
    actorName: "M. Roth",
    kind,
    subject: "s",
    detail: { callsChanged: 3 },
  });

function frameOf(drafts: readonly EntryDraft[], over: Partial<ReportFrame> = {}): ReportFrame {
  return {
    id: "0".repeat(32),
    log,
    first: 0,
    end: drafts.length,
    endRoot: "A".repeat(43).concat("="),
    from: "2026-11-22T00:00:00.000Z",
    to: "2026-11-23T00:00:00.000Z",
    status: "final",
    filter: everyCall,
    disclosure: "all",
    ...over,
  };
}

/** From bytes, in parts of so many entries. */
function report(
  drafts: readonly EntryDraft[],
  over: Partial<ReportFrame> = {},
  size = 4_096,
): ComputedReport {
  const frame = frameOf(drafts, over);
  const tally = openTally(nodeCrypto, frame);
  for (let at = 0; at < drafts.length; at += size) {
    const part = openTallyPart(nodeCrypto, frame);
    drafts.slice(at, at + size).forEach(({ type, body }, i) => {
      const index = frame.first + at + i;
      const entry = decodeEntry(encodeEntry({ log, index, type, at: "2026-11-22T09:00:01.000Z", body }));
      part.add(entry, readEntry(entry));
    });
    tally.add(structuredClone(part.end()));
  }
  return tally.end();
}

const mixed = [
  call(1),
  call(2),
  beat(3, 3),
  call(3, "api.openai.com"),
  event("policy.saved"),
  event("restatement.approved"),
  event("finding.resolved", "2026-11-20T00:00:00.000Z"),
  call(4, "eu.api.openai.com", { startedAt: "2026-11-21T23:59:59.999Z" }),
  call(5, "eu.api.openai.com", { end: "unknown", endedAt: null }),
  lateOutcomeDraft(input(5, "eu.api.openai.com")),
  bootClosedDraft(boot, 5),
];

describe("the figures of a report, from bytes alone", () => {
  it("counts calls by when they began, and names what it leaves out", () => {
    const { population, results } = report(mixed);
    expect(population.by_type).toMatchObject({
      call: 5,
      late_outcome: 1,
      heartbeat: 1,
      boot_closed: 1,
      event: 3,
    });
    expect(population.calls).toMatchObject({ selected: 4, earlier: 1, earlier_arrived: 1, later: 0 });
    expect(results.verdicts.reduce((sum, { calls }) => sum + calls, 0)).toBe(4);
    expect(results.verdicts).toContainEqual({ verdict: "violation", basis: "observed", calls: 1 });
    expect(results.tokens).toMatchObject({ input: 80, output: 32 });
  });

  it("balances: intents are outcomes, unknown ends, what is open and what is missing", () => {
    const { balance } = report(mixed);
    expect(balance).toMatchObject({ intents: 5, outcomes: 5, unknown: 0, open: 0, missing: 0, boots: 1 });
    expect(balance).toMatchObject({ objections: { count: 0, rows: [] } });
  });

  it("2.17 row 12: names a call that was lost before it entered the tree", () => {
    const { balance, controls } = report([call(1), call(3), beat(3)]);
    expect(balance).toMatchObject({ intents: 3, missing: 1, objections: { count: 1 } });
    expect(controls.find(({ id }) => id === "every_intent_accounted")).toMatchObject({
      failed: 1,
      conclusion: "not_met",
    });
  });

  it("begins in the middle of a log: what the first word calls recorded stands before, a later hole does not", () => {
    const drafts = [call(11), beat(12), call(14), beat(14)];
    expect(report(drafts, { first: 500, end: 504 }).balance).toMatchObject({
      earlier: 11,
      intents: 3,
      missing: 1,
    });
    expect(report(drafts).balance).toMatchObject({ earlier: 0, missing: 12 });
  });

  it("chooses by the filter, and counts what the filter leaves out", () => {
    const found = report(mixed, { filter: { ...everyCall, hosts: ["api.openai.com"] } });
    expect(found.population.calls).toMatchObject({ selected: 1, other_filter: 3 });
    expect(found.not_shown).toContain("Calls that the filter leaves out. They are counted under population.");
    const regions = report(mixed, { filter: { ...everyCall, regions: ["global"] } });
    expect(regions.population.calls.selected).toBe(0);
  });

  it("lists changes of the period, and says so where a section has nothing", () => {
    const { changes, restatements, exceptions, findings } = report(mixed);
    expect(changes.by_kind).toEqual([
      { kind: "policy.saved", events: 1 },
      { kind: "restatement.approved", events: 1 },
    ]);
    expect(changes.events.rows[0]).toMatchObject({ kind: "policy.saved", actor: "person p-1" });
    expect(isCovered(restatements)).toBe(true);
    expect(isCovered(exceptions)).toBe(false);
    expect(findings.events).toEqual([]);
  });

  it("says the same however the entries are parted", () => {
    const many = Array.from({ length: 90 }, (_, i) =>
      call(i + 1, i % 7 === 0 ? "api.openai.com" : undefined),
    );
    const whole = report(many);
    for (const size of [1, 7, 64]) expect(report(many, {}, size)).toEqual(whole);
    expect(whole.sample.strata.map(({ calls }) => calls.length)).toContain(25);
  });

  it("2.17 row 16: adds token counts near 2^53 exactly", () => {
    const usage = {
      inputTokens: Number.MAX_SAFE_INTEGER,
      outputTokens: 1,
      cachedInputTokens: null,
      reasoningTokens: null,
    };
    const { tokens } = report([call(1, undefined, { usage }), call(2, undefined, { usage })]).results;
    expect(tokens).toMatchObject({ input: "18014398509481982", output: 2 });
  });

  it("lists what may have been handled outside the EEA, with an undetermined place never ruled out", () => {
    const { transfers } = report([call(1), call(2, "api.openai.com")]);
    expect(transfers.rows.map(({ host, third_countries }) => [host, third_countries])).toEqual([
      ["api.openai.com", "undetermined"],
      ["eu.api.openai.com", ["CH"]],
    ]);
  });
});
