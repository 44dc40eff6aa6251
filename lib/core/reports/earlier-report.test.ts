import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { callDraft, lateOutcomeDraft } from "../ledger/entries/call-draft.ts";
import { signerDraft } from "../ledger/entries/signer-body.ts";
import { everyCall } from "./call-filter.ts";
import type { ComputedReport } from "./computed-report.ts";
import { usageCompared } from "./read-usage-event.ts";
import { formatReport, type Report } from "./report.ts";
import type { Tally } from "./tally.ts";
import { call, event, input, mixed, tallyOf, upload, usageDay, withFile } from "./testing/tallied.ts";

const at = "2026-11-22T10:00:00.000Z";
const global = "api.openai.com";
const many = [
  ...mixed,
  call(6, global, { end: "unknown", endedAt: null }),
  lateOutcomeDraft(input(6, global)),
  event("evidence.viewed", at, { looks: 30, objects: 4 }),
  event("exception.granted"),
  withFile(7),
  upload(8),
];
/** Of a call that another program told, and that began before the first policy. */
const older = (n: number) =>
  callDraft(
    input(n, "eu.api.openai.com", {
      source: "intake",
      intent: null,
      reported: { format: "import", hostSource: "log", retrospective: true, clockAheadMs: 0 },
    }),
  );
const check = (ok: boolean | undefined) =>
  signerDraft({
    id: "019aab00-0000-7000-8000-0000000000f5",
    saidAt: at,
    kind: "fsck_finished",
    epoch: 1,
    atIndex: null,
    sentence: "It was checked.",
    detail: ok === undefined ? {} : { ok },
  });
const downloads = Array.from({ length: 1_001 }, () => event("report.downloaded"));

const day = usageDay("2026-11-20", {
  state: "more_at_provider",
  providerRequests: 3,
  sent: 1,
  accepted: 1,
  missing: 2,
});

const ownDay = event(
  usageCompared,
  undefined,
  {
    ...{ day: "2026-11-20", kind: "completions", rule: 1, providerRequests: 3, batchRequests: 0 },
    ...{ sent: 1, accepted: 1, reported: 0, edge: 0, ownEdge: 0, unnamed: 0, open: 0 },
    ...{ state: "more_at_provider", missing: 2 },
  },
  "proj_a",
);

const hashOf = (tally: Tally, version: Report["v"]): string =>
  createHash("sha256")
    .update(formatReport(tally.saidIn(version) as Report))
    .digest("hex")
    .slice(0, 16);

/** Of a whole range, of one that a filter goes through, of one that has expired, and of one with more events than are listed. */
const said = (version: Report["v"]): string[] =>
  [
    tallyOf(many),
    tallyOf(many, { filter: { ...everyCall, verdicts: ["compliant"] }, status: "provisional" }),
    tallyOf(many, {}, 4, new Set(many.keys())),
    tallyOf(many, {}, 4, new Set([0, 5])),
    tallyOf([...downloads, ...many]),
  ].map((tally) => hashOf(tally, version));

describe("figures as an earlier version said them", () => {
  it.each([
    [1, ["8a198c6ef6c66515", "1584b1ff065374b8", "a17a1d9adaac3cad", "d09d1b2f165b4438", "b9f1e7cdc8ae0cff"]],
    [2, ["b8c7439d7873a5cc", "2b3f4bda3b01033a", "82045092033768b1", "4bb1fcd247446010", "bcc8e0a245f8b59e"]],
    [3, ["2771edf31632997e", "73f7d3a37c85f860", "fd66cb3f2e2839a0", "e5a9673b81110e77", "d8a41fbce01cd4a6"]],
    [4, ["2771edf31632997e", "73f7d3a37c85f860", "bb999de8e408e100", "e5a9673b81110e77", "d8a41fbce01cd4a6"]],
    [5, ["e1aab7ac5b57daa7", "2fdbf6b2e4ca1acc", "6929099bb55850cf", "8f385e9a38758528", "ba54d3d3f70059bc"]],
  ] as const)(
    "version %i: what its own program counted of the same entries, byte for byte",
    (version, hashes) => {
      expect(said(version)).toEqual(hashes);
    },
  );

  it("say from version 4 on which case a call as a whole makes: that a log tells the last of several attempts", () => {
    const retried = callDraft(input(9, global, {}, { attemptsKnown: "last_only" }));
    const silent = callDraft(input(11, "eu.api.openai.com", {}, { attemptsKnown: "last_only" }));
    const tally = tallyOf([...many, retried, silent]);
    const casesIn = (version: Report["v"]) =>
      (tally.saidIn(version) as ComputedReport).findings.cases?.rows.filter(
        ({ cause }) => cause === "last_attempt_only",
      );
    // The one that is outside policy by its last attempt is so whatever came before.
    expect(casesIn(4)).toMatchObject([{ host: null, basis: "none", calls: 1 }]);
    expect(casesIn(3)).toEqual([]);
    expect(casesIn(2)).toEqual([]);
    expect(casesIn(1)).toBeUndefined();
  });

  it("say from version 5 on which calls are older than the first policy, and that a full check failed", () => {
    const tally = tallyOf([...many, older(9), check(true), check(false), check(undefined)]);
    const said = (version: Report["v"]) => tally.saidIn(version) as ComputedReport;
    const control = (version: Report["v"], id: string) =>
      said(version).controls.find((each) => each.id === id);
    expect(said(5).population.calls).toMatchObject({ retrospective: 1 });
    expect(said(5).integrity.failed_checks).toBe(2);
    expect(said(5).not_shown.join(" ")).toContain(
      "1 of the calls began: they are older than the first policy",
    );
    expect(control(5, "policy_in_force")).toMatchObject({ not_testable: 1, conclusion: "not_concluded" });
    expect(control(5, "record_unbroken")).toMatchObject({ failed: 2, conclusion: "not_met" });
    for (const version of [4, 3, 2, 1] as const) {
      expect(said(version).population.calls).not.toHaveProperty("retrospective");
      expect(said(version).integrity).not.toHaveProperty("failed_checks");
      expect(said(version).not_shown.join(" ")).not.toContain("first policy");
      expect(control(version, "policy_in_force")).toMatchObject({ not_testable: 0, conclusion: "met" });
      expect(control(version, "record_unbroken")).toMatchObject({ failed: 0, conclusion: "met" });
    }
  });

  it("say from version 6 on what the provider itself counted, and which pins were stated", () => {
    const tally = tallyOf([...many, day, event("pin.read", at, { kind: "global", region: null })]);
    const said = (version: Report["v"]) => tally.saidIn(version) as ComputedReport;
    expect(said(6).provider_usage).toMatchObject({ earlier: { rows: [{ missing: 2 }] } });
    expect(said(6).pins.statements.count).toBe(1);
    expect(said(6).controls.map(({ id }) => id)).toContain("provider_count_accounted");
    for (const version of [5, 4, 3, 2, 1] as const) {
      expect(said(version)).not.toHaveProperty("provider_usage");
      expect(said(version)).not.toHaveProperty("pins");
      expect(said(version).controls.map(({ id }) => id)).not.toContain("provider_count_accounted");
      expect(said(version).not_shown.join(" ")).not.toContain("What the provider counted");
    }
    // What the program before counted of the same entries, which said nothing of other tenants then.
    expect(hashOf(tallyOf([...many, ownDay]), 5)).toBe("9eadaeecf26b13ff");
  });
});
