import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eeaAndSwitzerland } from "../regions/openai/countries.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { attemptFacts, callFacts, pins, policies } from "../testing/arbitraries.ts";
import { preset } from "../testing/case.ts";
import { judgeAttempt } from "../verdicts/judge.ts";
import { comparePolicies } from "./compare-policies.ts";
import { plan } from "./plan.ts";
import type { Policy, PresetId } from "./policy.ts";

const policy = (id: PresetId, over: Partial<Policy> = {}) => preset(id, over).policy;
const compare = (before: Policy, after: Policy) => comparePolicies(before, after, openaiCatalog);
const eea = policy("eea_ch");
const within = (...countries: string[]) => ({ kind: "countries", countries }) as const;
const acceptance = {
  acceptedBy: "M. Roth",
  reason: "Nobody is promised a place here.",
  reviewOn: "2027-06-01",
};
const observing = (until: string | null) => ({ enforcement: { mode: "observe", until } as const });

/** A policy and another one that differs from it in some of its rules, each way. */
const place = fc.constantFrom(
  { kind: "any" } as const,
  within(...eeaAndSwitzerland),
  within("US"),
  within("US", ...eeaAndSwitzerland),
);
const rules = fc.record(
  {
    models: fc.constantFrom("any" as const, ["gpt-4o-2024-08-06"], ["gpt-4o-2024-08-06", "gpt-6-astra"]),
    deniedFeatures: fc.subarray(["web_search", "mcp", "file_upload"]),
    onUnknown: fc.constantFrom("send" as const, "refuse" as const),
    requirePin: fc.boolean(),
    minimumGrade: fc.constantFrom("C" as const, "D" as const, "E" as const).map((grade) => ({
      relay: "E" as const,
      ingress: grade,
      inference: grade,
      handling: grade,
      storage: grade,
    })),
    claims: fc.record({ relay: place, ingress: place, inference: place, handling: place, storage: place }),
    global: fc.constantFrom({ allowed: false } as const, { allowed: true, acceptance } as const),
    customHosts: fc.constantFrom([], ["llm.bank.example"]),
    routing: fc.constantFrom<Policy["routing"]>(
      { kind: "home" },
      { kind: "by_subject_country", map: { DE: "eu", US: "us" } },
      { kind: "by_subject_country", map: { US: "eu" } },
    ),
  },
  { requiredKeys: [] },
);
const pair = fc.tuple(policies, rules, rules).map(([start, first, second]) => {
  const one = { ...start, policy: { ...start.policy, ...first } };
  return { one, other: { ...one, policy: { ...one.policy, ...second } } };
});

describe("comparePolicies", () => {
  it("finds nothing between a policy and itself", () => {
    expect(compare(eea, eea)).toEqual({ changes: [], widens: false, reachable: [], unreachable: [] });
  });

  it.each<[string, Policy, Policy]>([
    [
      "Inference may also be in the United States.",
      eea,
      { ...eea, claims: { ...eea.claims, inference: within(...eeaAndSwitzerland, "US") } },
    ],
    [
      "Storage may be anywhere; so far it was held to Europe",
      eea,
      { ...eea, claims: { ...eea.claims, storage: { kind: "any" } } },
    ],
    [
      "api.openai.com, which promises no place, can be reached.",
      eea,
      { ...eea, global: { allowed: true, acceptance } },
    ],
    [
      "prolonged from 2027-06-01 to 2027-09-01",
      policy("us_global_accepted"),
      {
        ...policy("us_global_accepted"),
        global: { allowed: true, acceptance: { ...acceptance, reviewOn: "2027-09-01" } },
      },
    ],
    ["llm.bank.example can be reached.", eea, { ...eea, customHosts: ["llm.bank.example"] }],
    ["Any model may be used.", { ...eea, models: ["gpt-5"] }, eea],
    [
      "Models allowed that were not: gpt-6.",
      { ...eea, models: ["gpt-5"] },
      { ...eea, models: ["gpt-5", "gpt-6"] },
    ],
    ["Features allowed that were not: web_search.", { ...eea, deniedFeatures: ["web_search"] }, eea],
    [
      "Inference is cleared by evidence of grade D or better; so far it took C.",
      eea,
      { ...eea, minimumGrade: { ...eea.minimumGrade, inference: "D" } },
    ],
    ["Projects need no pin where nothing is stored.", { ...eea, requirePin: true }, eea],
    ["Calls whose place cannot be judged beforehand are sent.", { ...eea, onUnknown: "refuse" }, eea],
    [
      "calls go on for as long as the deployment sets (15 minutes unless set otherwise, 60 at most)",
      eea,
      { ...eea, onEvidenceLoss: "spool" },
    ],
    [
      "Calls outside policy are sent and judged until 2027-02-01 00:00 UTC; so far they were stopped.",
      eea,
      { ...eea, ...observing("2027-02-01T00:00:00Z") },
    ],
    [
      "until 2027-03-01 00:00 UTC instead of until 2027-02-01",
      { ...eea, ...observing("2027-02-01T00:00:00Z") },
      { ...eea, ...observing("2027-03-01T00:00:00Z") },
    ],
    [
      "sent and judged without an end instead of",
      { ...eea, ...observing("2027-02-01T00:00:00Z") },
      { ...eea, ...observing(null) },
    ],
    [
      "Calls for subjects in US go to United States instead of Europe",
      { ...eea, routing: { kind: "by_subject_country", map: { US: "eu" } } },
      { ...eea, routing: { kind: "by_subject_country", map: { US: "us" } } },
    ],
    [
      "Calls for subjects of any other country are no longer bound to Europe",
      { ...eea, routing: { kind: "by_subject_country", map: {} } },
      eea,
    ],
  ])("calls it widening, and tightening the other way round: %s", (sentence, before, after) => {
    const wider = compare(before, after);
    expect(wider.widens).toBe(true);
    expect(wider.changes.map((change) => change.sentence).join(" ")).toContain(sentence);
    const back = compare(after, before);
    const rerouted =
      after.routing.kind === "by_subject_country" && before.routing.kind === "by_subject_country";
    expect(back.widens).toBe(rerouted);
    expect(back.changes.every(({ effect }) => effect !== "widens") || rerouted).toBe(true);
  });

  it("says by name which hosts become reachable, and which no longer are", () => {
    const both = {
      ...eea,
      claims: {
        ...eea.claims,
        inference: within(...eeaAndSwitzerland, "US"),
        storage: within(...eeaAndSwitzerland, "US"),
      },
    };
    const american = ["us.api.openai.com", "westus.privatelink.api.openai.com"];
    expect(compare(eea, both)).toMatchObject({
      reachable: expect.arrayContaining(american),
      unreachable: [],
    });
    const open = policy("no_location_requirement");
    expect(compare(open, eea).reachable).toEqual([]);
    expect(compare(open, eea).unreachable).toContain("api.openai.com");
    expect(compare(open, eea).unreachable).not.toContain("eu.api.openai.com");
  });

  it("says where calls go now when the home changes, which makes nothing reachable", () => {
    const open = policy("no_location_requirement");
    const { changes, widens } = compare(open, { ...open, homeRegion: "eu" });
    expect(widens).toBe(false);
    expect(changes).toEqual([
      expect.objectContaining({
        sentence: "Calls that ask for no target go to eu.api.openai.com instead of api.openai.com.",
      }),
    ]);
  });

  it("says of observing that ends by itself that calls are stopped from then on", () => {
    const sentence = (until: string | null) =>
      compare({ ...eea, ...observing(until) }, eea).changes.map((change) => change.sentence);
    expect(sentence(null)).toEqual([
      "Calls outside policy are stopped from now on; so far they were sent and judged.",
    ]);
    expect(sentence("2026-02-01T00:00:00Z")).toEqual([
      "Calls outside policy are stopped from now on; so far they were sent and judged until 2026-02-01 00:00 UTC, and stopped from then on.",
    ]);
  });

  it("tells that an admitted host has another reason, which asks for nobody else", () => {
    const admitted = (reason: string) => ({
      ...eea,
      customHosts: ["llm.bank.example"],
      customHostReasons: { "llm.bank.example": reason },
    });
    const { changes, widens } = compare(
      admitted("Our own proxy in Paris."),
      admitted("Our proxy in Madrid."),
    );
    expect(changes).toEqual([
      {
        field: "customHostReasons.llm.bank.example",
        effect: "alters",
        sentence: "Why llm.bank.example is admitted is worded anew.",
      },
    ]);
    expect(widens).toBe(false);
    expect(compare(eea, admitted("Our own proxy in Paris.")).changes).toHaveLength(1);
  });

  it("never lets an unwidened policy send to a host what the one before refused", () => {
    let compared = 0;
    const hosts = [...openaiCatalog.hosts.map(({ host }) => host), "llm.bank.example"];
    fc.assert(
      fc.property(pair, callFacts, pins, fc.constantFrom(...hosts), ({ one, other }, facts, pin, host) => {
        if (compare(one.policy, other.policy).widens) return;
        const ask = {
          catalog: openaiCatalog,
          keyTarget: "policy",
          requestedTarget: host,
          subjectCountry: facts.subjectCountry,
          endpoint: facts.endpoint,
          model: facts.modelRequested,
          featuresOffered: facts.featuresOffered,
          store: facts.store,
          background: facts.background,
          serviceTier: facts.serviceTier,
          pin,
          at: "2026-11-22T09:00:00.000Z",
          relayCountry: facts.relayCountry,
          unreadable: facts.unreadable ?? [],
          storedStateRefs: facts.storedStateRefs ?? [],
          carriesContent: facts.carriesContent,
        };
        if (plan({ ...ask, policy: one.policy }).kind === "send") return;
        compared += 1;
        expect(plan({ ...ask, policy: other.policy }).kind).toBe("refuse");
      }),
      { numRuns: 4000 },
    );
    // Some 67 on average: enough to say something, and never so few by chance.
    expect(compared).toBeGreaterThan(20);
  });

  it("never lets an unwidened policy clear what the one before called outside", () => {
    let compared = 0;
    const given = fc.record({ both: pair, facts: callFacts, attempt: attemptFacts, pin: pins });
    fc.assert(
      fc.property(given, ({ both: { one, other }, facts, attempt, pin }) => {
        if (compare(one.policy, other.policy).widens) return;
        const ask = { facts, attempt, pin, catalog: openaiCatalog, intendedRegion: null };
        if (judgeAttempt({ ...ask, policy: one }).verdict !== "violation") return;
        compared += 1;
        expect(judgeAttempt({ ...ask, policy: other }).verdict).not.toBe("compliant");
      }),
      { numRuns: 6000 },
    );
    // Some 67 on average: enough to say something, and never so few by chance.
    expect(compared).toBeGreaterThan(20);
  });
});
