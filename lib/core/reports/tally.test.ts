import { describe, expect, it } from "vitest";
import { lateOutcomeDraft } from "../ledger/entries/call-draft.ts";
import { dimensionsOf, everyCall } from "./call-filter.ts";
import { countCall, type ShapeTable } from "./call-shape.ts";
import { computeServices, computeTransfers } from "./compute-transfers.ts";
import { type ComputedReport, isCovered } from "./computed-report.ts";
import { beat, call, event, input, mixed, readCallOf, tallyOf, upload, withFile } from "./testing/tallied.ts";

const at = "2026-11-22T10:00:00.000Z";
const report = (...args: Parameters<typeof tallyOf>) => tallyOf(...args).end();

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

  it("leaves no country out where the place of a file's handling is not determined, and lists every service for DORA", () => {
    const { transfers, dora } = report([withFile(1), upload(2), call(3)]);
    expect(transfers.rows.map((row) => [row.operation, row.third_countries, row.b_02_02.c0160])).toEqual([
      ["chat.completions.create", "undetermined", "undetermined"],
      ["chat.completions.create", ["CH"], expect.arrayContaining(["CH", "DE"])],
      ["files.create", "undetermined", "undetermined"],
    ]);
    const inside = countPlaces("CH");
    expect(inside.transfers).toEqual({ count: 0, rows: [] });
    expect(inside.dora).toMatchObject({ count: 1, rows: [{ host: "eu.api.openai.com", calls: 1 }] });
    expect(dora.rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(3);
  });

  it("lists restatements and exceptions however many other events come first, and adds up looks", () => {
    const downloads = Array.from({ length: 1_000 }, () => event("report.downloaded"));
    const views = [
      event("evidence.viewed", at, { looks: 30 }),
      event("evidence.viewed", at, { looks: 2 }),
      event("evidence.exported", at, { looks: 5 }),
      event("calls.exported"),
    ];
    const found = report([...downloads, ...views, event("restatement.approved"), event("exception.granted")]);
    expect(found.changes).toMatchObject({
      views: 2,
      looks: 32,
      exports: 2,
      copies: 6,
      events: { count: 1_004 },
    });
    expect(found.restatements).toMatchObject({ count: 1, rows: [{ kind: "restatement.approved" }] });
    expect(found.exceptions).toMatchObject({ count: 1, rows: [{ kind: "exception.granted" }] });
  });

  it("counts an end that came later by period and filter, and lists it where it is outside policy", () => {
    const swept = call(6, "api.openai.com", { end: "unknown", endedAt: null });
    const drafts = [swept, lateOutcomeDraft(input(6, "api.openai.com")), ...mixed];
    const whole = report(drafts);
    expect(whole.population).toMatchObject({
      late_outcomes: [
        { verdict: "compliant", calls: 1 },
        { verdict: "violation", calls: 1 },
      ],
      late_outcomes_other_filter: 0,
    });
    expect(whole.late_deviations).toMatchObject({ count: 1, rows: [{ index: 1, verdict: "violation" }] });
    const filtered = report(drafts, { filter: { ...everyCall, verdicts: ["compliant"] } });
    expect(filtered.late_deviations.count).toBe(0);
    expect(filtered.population.late_outcomes_other_filter).toBe(1);
  });

  it("2.17 row 17: over a pruned range it concludes nothing, and denies nothing of what has expired", () => {
    const drafts = [...mixed, event("restatement.approved")];
    const all = tallyOf(drafts, {}, 4_096, new Set(drafts.keys())).end();
    expect(new Set(all.controls.map(({ conclusion }) => conclusion))).toEqual(new Set(["not_concluded"]));
    for (const section of [all.restatements, all.exceptions])
      expect(section).toEqual({
        not_covered: expect.stringContaining("among the entries that are here; 12 are not"),
      });
    const partly = tallyOf([call(1), call(2, "api.openai.com")], {}, 4_096, new Set([1])).end();
    expect(partly.controls.find(({ id }) => id === "destination_within_policy")).toMatchObject({
      passed: 1,
      failed: 0,
      conclusion: "not_concluded",
    });
    expect(report([call(1)]).controls.find(({ id }) => id === "destination_within_policy")).toMatchObject({
      conclusion: "met",
    });
  });
});

/** Of one call to a host that documents its place, as if it were this one alone. */
function countPlaces(leftOut: string): Pick<ComputedReport, "transfers" | "dora"> {
  const shapes: ShapeTable = new Map();
  const { body, cuts } = readCallOf(call(1));
  const claims = body.claims.map((claim) =>
    claim.value === "undetermined"
      ? claim
      : { ...claim, value: claim.value.filter((code) => code !== leftOut) },
  );
  countCall(shapes, { body: { ...body, claims }, cuts }, dimensionsOf(body));
  return { transfers: computeTransfers(shapes), dora: computeServices(shapes) };
}
