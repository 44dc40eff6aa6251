import { describe, expect, it } from "vitest";
import { everyCall } from "./call-filter.ts";
import { type ComputedReport, isCovered } from "./computed-report.ts";
import { call, event, mixed, tallyOf, usageDay } from "./testing/tallied.ts";

const week = { from: "2026-11-16T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" };
const report = (...args: Parameters<typeof tallyOf>) => tallyOf(...args).end();
const usageOf = ({ provider_usage: said }: ComputedReport) => {
  if (!isCovered(said)) throw new Error(said.not_covered);
  return said;
};
const control = ({ controls }: ComputedReport) =>
  controls.find(({ id }) => id === "provider_count_accounted");

const threeMissing = { providerRequests: 43, sent: 40, accepted: 40, state: "more_at_provider", missing: 3 };
const later = "2026-11-26T00:10:00.000Z";
const before = "2026-11-15T00:10:00.000Z";

describe("the provider's own count beside the record", () => {
  it("adds up the days that the period touches by project and kind, whenever they were settled, and lists each that does not agree", () => {
    const found = report(
      [
        usageDay("2026-11-16", threeMissing, later),
        usageDay("2026-11-17", { batchRequests: 900, reported: 4 }),
        usageDay("2026-11-17", { kind: "embeddings", accepted: 12 }),
        usageDay(
          "2026-11-22",
          { open: 2, providerRequests: 50, sent: 1, state: "not_comparable" },
          later,
          "proj_b",
        ),
        usageDay("2026-11-18", { providerRequests: 1, sent: 9, accepted: 9, state: "fewer_at_provider" }),
      ],
      week,
    );
    const { projects, earlier, differing, ...rest } = usageOf(found);
    expect(rest).toEqual({ period_days: 7, compared_until: "2026-11-22", unreadable: 0 });
    expect(projects).toMatchObject({
      count: 3,
      rows: [
        {
          project: "proj_a",
          kind: "completions",
          days: 3,
          agrees: 1,
          more_at_provider: 1,
          fewer_at_provider: 1,
          not_comparable: 0,
          first_day: "2026-11-16",
          last_day: "2026-11-18",
          provider_requests: 54,
          batch_requests: 900,
          sent: 59,
          accepted: 59,
          reported: 4,
          missing: 3,
        },
        { project: "proj_a", kind: "embeddings", days: 1, missing: 0 },
        { project: "proj_b", kind: "completions", not_comparable: 1, open: 2 },
      ],
    });
    expect(earlier).toEqual({ count: 0, rows: [] });
    expect(
      differing.rows.map(({ index, day, state, missing, of_period }) => [
        index,
        day,
        state,
        missing,
        of_period,
      ]),
    ).toEqual([
      [0, "2026-11-16", "more_at_provider", 3, true],
      [3, "2026-11-22", "not_comparable", 0, true],
      [4, "2026-11-18", "fewer_at_provider", 0, true],
    ]);
  });

  it("tells a day before the period where it was settled in it, so that each is in one report at least, and no other", () => {
    const found = report(
      [
        usageDay("2026-11-15", threeMissing),
        usageDay("2026-11-14", {}, before),
        usageDay("2026-11-23", {}, later),
        usageDay("2026-11-16", {}),
      ],
      week,
    );
    const { projects, earlier, differing } = usageOf(found);
    expect(projects.rows.map(({ days, first_day }) => [days, first_day])).toEqual([[1, "2026-11-16"]]);
    expect(earlier.rows).toMatchObject([{ days: 1, first_day: "2026-11-15", missing: 3 }]);
    expect(differing.rows).toMatchObject([{ day: "2026-11-15", of_period: false }]);
  });

  it("a period that begins within a day is about that day, and one that ends within a day, too", () => {
    const part = { from: "2026-11-16T13:00:00.000Z", to: "2026-11-17T01:00:00.000Z" };
    const { projects, period_days } = usageOf(
      report([usageDay("2026-11-16", {}, later), usageDay("2026-11-17", {}, later)], part),
    );
    expect(projects.rows).toMatchObject([{ days: 2 }]);
    expect(period_days).toBe(2);
  });

  it("is of the tenant whatever the filter, and the same however the entries are parted", () => {
    const drafts = [
      ...mixed,
      ...Array.from({ length: 9 }, (_, i) => usageDay(`2026-11-1${i}`, i === 4 ? threeMissing : {}, later)),
      usageDay("2026-11-19", { missing: "none" }),
    ];
    const whole = report(drafts, week);
    expect(usageOf(whole)).toMatchObject({ unreadable: 1, projects: { rows: [{ days: 3 }] } });
    for (const size of [1, 3]) expect(report(drafts, week, size)).toEqual(whole);
    const filtered = report(drafts, { ...week, filter: { ...everyCall, hosts: ["api.openai.com"] } });
    expect(filtered.provider_usage).toEqual(whole.provider_usage);
  });

  it("adds up exactly what no number holds", () => {
    const most = Number.MAX_SAFE_INTEGER;
    const huge = { providerRequests: most, sent: 0, accepted: 0, state: "more_at_provider", missing: most };
    const found = report([usageDay("2026-11-16", huge), usageDay("2026-11-17", huge)], week);
    expect(usageOf(found).projects.rows[0]?.missing).toBe("18014398509481982");
    expect(control(found)).toMatchObject({ failed: most, conclusion: "not_met" });
  });

  it("fails its control by each missing request, and concludes nothing of days that cannot be compared", () => {
    const found = (...drafts: Parameters<typeof tallyOf>[0]) => control(report(drafts, week));
    const open = { providerRequests: 50, sent: 1, open: 1, state: "not_comparable" };
    expect(found(usageDay("2026-11-16", threeMissing), usageDay("2026-11-17", open))).toMatchObject({
      population: 93,
      passed: 40,
      failed: 3,
      not_testable: 50,
      conclusion: "not_met",
    });
    expect(found(usageDay("2026-11-15", threeMissing))).toMatchObject({ failed: 3 });
    expect(found(usageDay("2026-11-16"), usageDay("2026-11-17", open))).toMatchObject({
      conclusion: "not_concluded",
    });
    expect(found(usageDay("2026-11-16"))).toMatchObject({ population: 10, passed: 10, conclusion: "met" });
    expect(found(call(1))).toMatchObject({ population: 0, conclusion: "nothing_to_test" });
  });

  it("says so where no day was compared, and of what is not here that it may say otherwise", () => {
    expect(report(mixed).provider_usage).toEqual({
      not_covered: "No day was held against the provider's own count.",
    });
    const pruned = report([usageDay("2026-11-22")], {}, 4_096, new Set([0]));
    expect(pruned.provider_usage).toEqual({
      not_covered: expect.stringContaining("among the entries that are here; 1 are not"),
    });
    expect(report(mixed).not_shown[0]).toContain("calls past the gateway leave no trace here");
    expect(report([usageDay("2026-11-22", {}, later)]).not_shown[0]).toContain("held against the record");
  });
});

describe("what projects are bound to", () => {
  const credential = "019aab00-0000-7000-8000-0000000000c1";
  const at = "2026-11-22T10:00:00.000Z";

  it("lists each pin that was stated in the period with how it is known, and none for a probe that settled nothing", () => {
    const eu = { kind: "processing", region: "eu" };
    const { pins } = report([
      event("pin.attested", at, { ...eu, statement: "It says so on the project's page." }, credential),
      event("pin.probed", at, { kind: null, region: null, sentence: "Nothing follows." }, credential),
      event("pin.probed", at, { kind: "global", region: null, sentence: "Both serve it." }, credential),
      event("pin.read", at, { ...eu, projectId: "proj_a", residency: "EU_STORAGE_PROCESSING" }, credential),
      event("pin.read", "2026-11-21T10:00:00.000Z", eu, credential),
      event("project.stated", at, { status: "active", residency: "US_FUTURE", retention: null }, "proj_b"),
    ]);
    expect(pins.statements).toMatchObject({
      count: 3,
      rows: [
        { index: 0, source: "attestation", kind: "processing", region: "eu", residency: null },
        { index: 2, source: "probe", kind: "global", region: null },
        { index: 3, source: "admin_api", project: "proj_a", residency: "EU_STORAGE_PROCESSING" },
      ],
    });
    expect(pins.projects).toEqual({
      count: 1,
      rows: [
        {
          index: 5,
          at,
          project: "proj_b",
          status: "active",
          residency: "US_FUTURE",
          retention: null,
          organization_retention: null,
        },
      ],
    });
  });

  it("counts the calls that left by the pin in their entry", () => {
    const pinless = { kind: "unknown", region: null, source: "none", since: null } as const;
    const { pins } = report([
      call(1),
      call(2),
      call(3, undefined, { pin: { ...pinless, attestedBy: null } }),
    ]);
    expect(pins.calls).toEqual([
      { source: "attestation", kind: "processing", region: "eu", calls: 2 },
      { source: "none", kind: "unknown", region: null, calls: 1 },
    ]);
  });
});
