import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grade } from "../calls/evidence.ts";
import type { Policy, RestrictableClaim } from "../policies/policy.ts";
import { attemptFacts, callFacts, pins, policies } from "../testing/arbitraries.ts";
import { recordedCatalog } from "./golden/recorded-catalog.ts";
import { type CallQuestion, judgeCall } from "./judge.ts";

const catalog = recordedCatalog();
const claims: readonly RestrictableClaim[] = ["relay", "ingress", "inference", "handling", "storage"];
const places = [["DE", "FR", "SE"], ["US"], ["DE"], []] as const;

/** Each asks for more than the policy did, and for nothing less. */
const tighten: fc.Arbitrary<(policy: Policy) => Policy> = fc.oneof(
  fc
    .record({ claim: fc.constantFrom(...claims), countries: fc.constantFrom(...places) })
    .map(({ claim, countries }) => (policy: Policy) => {
      const before = policy.claims[claim];
      const kept =
        before.kind === "any"
          ? [...countries]
          : before.countries.filter((one) => countries.includes(one as never));
      return { ...policy, claims: { ...policy.claims, [claim]: { kind: "countries", countries: kept } } };
    }),
  fc
    .record({ claim: fc.constantFrom(...claims), grade: fc.constantFrom<Grade[]>("A", "B", "C") })
    .map(({ claim, grade }) => (policy: Policy) => {
      const before = policy.minimumGrade[claim];
      return {
        ...policy,
        minimumGrade: { ...policy.minimumGrade, [claim]: before < grade ? before : grade },
      };
    }),
  fc.constant((policy: Policy) => ({ ...policy, global: { allowed: false } as const })),
  fc.constant((policy: Policy) => ({ ...policy, requirePin: true })),
  fc.constant((policy: Policy) => ({ ...policy, customHosts: [] })),
  fc.constantFrom("mcp", "web_search", "file_upload").map((id) => (policy: Policy) => ({
    ...policy,
    deniedFeatures: [...policy.deniedFeatures, id],
  })),
  fc.constantFrom("gpt-4o", "gpt-5").map((model) => (policy: Policy) => ({
    ...policy,
    models: policy.models === "any" ? [model] : policy.models.filter((one) => one === model),
  })),
  fc.constant((policy: Policy) => ({
    ...policy,
    routing: { kind: "by_subject_country", map: { DE: "eu", US: "us" } } as const,
  })),
);

const question: fc.Arbitrary<CallQuestion> = fc
  .record({
    facts: callFacts,
    attempts: fc.array(attemptFacts, { minLength: 1, maxLength: 2 }),
    policy: policies,
    pin: pins,
  })
  .map((given) => ({ ...given, catalog, intendedRegion: null, refusal: null }));

describe("a tighter policy", () => {
  const steps = fc.array(tighten, { minLength: 1, maxLength: 3 });

  it("never turns outside, or not verifiable, into within", () => {
    let outside = 0;
    let open = 0;
    fc.assert(
      fc.property(question, steps, (given, tightenings) => {
        const { policy } = given;
        if (policy === null) return;
        const before = judgeCall(given).call.verdict;
        const tighter = tightenings.reduce((one, step) => step(one), policy.policy);
        const after = judgeCall({ ...given, policy: { ...policy, policy: tighter } }).call.verdict;
        if (before === "violation") outside += 1;
        if (before === "unverifiable") open += 1;
        if (before === "violation") expect(after).toBe("violation");
        if (before === "unverifiable") expect(["unverifiable", "violation"]).toContain(after);
      }),
      { numRuns: 4000 },
    );
    expect(outside).toBeGreaterThan(100);
    expect(open).toBeGreaterThan(100);
  });
});
