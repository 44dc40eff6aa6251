import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradeAtLeast } from "../calls/evidence.ts";
import { allowedCountries, hostWithin, providerClaims, restricts } from "../policies/requirements.ts";
import { classifyHost } from "../regions/classify-host.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { attemptFacts, callFacts, pins, policies } from "../testing/arbitraries.ts";
import { clearingGrade } from "./host-evidence.ts";
import { judgeAttempt, judgeCall } from "./judge.ts";
import { worstOf } from "./worst-of.ts";

const question = fc
  .record({ facts: callFacts, attempt: attemptFacts, policy: policies, pin: pins })
  .map((given) => ({ ...given, catalog: openaiCatalog, intendedRegion: null }));

const runs = { numRuns: 2000 };

describe("judgeAttempt, for any facts", () => {
  it("never clears a call while a claim the policy restricts is undetermined or outside", () => {
    let cleared = 0;
    fc.assert(
      fc.property(question, (given) => {
        const { policy } = given.policy;
        const judgement = judgeAttempt(given);
        if (judgement.verdict !== "compliant" || policy.global.allowed) return;
        cleared += 1;
        for (const { claim, value } of judgement.claims) {
          if (claim === "system_data") continue;
          const allowed = allowedCountries(policy, claim);
          if (allowed === null) continue;
          expect(value).not.toBe("undetermined");
          if (value !== "undetermined") expect(allowed).toEqual(expect.arrayContaining([...value]));
        }
      }),
      runs,
    );
    expect(cleared).toBeGreaterThan(10);
  });

  it("never clears a call on evidence below the policy's minimum, on a foreign host, or unfinished", () => {
    let cleared = 0;
    fc.assert(
      fc.property(question, (given) => {
        const { policy } = given.policy;
        if (judgeAttempt(given).verdict !== "compliant") return;
        cleared += 1;
        const { attempt } = given;
        const host = classifyHost(attempt.host, openaiCatalog, policy.customHosts);
        expect(hostWithin(host, policy, openaiCatalog)).toBe(true);
        expect(["sent", "partial"]).toContain(attempt.progress);
        expect(attempt.status).not.toBeNull();
        expect(attempt.redirectHost).toBeNull();
        for (const claim of providerClaims) {
          const asked = claim === "ingress" || (restricts(policy, claim) && !policy.global.allowed);
          if (asked) expect(gradeAtLeast(clearingGrade(attempt), policy.minimumGrade[claim])).toBe(true);
        }
      }),
      runs,
    );
    expect(cleared).toBeGreaterThan(10);
  });

  it("counts only regional, promised, compliant calls as in region", () => {
    let promised = 0;
    fc.assert(
      fc.property(question, (given) => {
        const judgement = judgeAttempt(given);
        if (judgement.band !== "in_region") return;
        promised += 1;
        const host = classifyHost(given.attempt.host, openaiCatalog, []);
        expect(judgement.verdict).toBe("compliant");
        expect(host.class).toBe("official");
        expect(host.region).not.toBe("global");
        for (const { claim, value } of judgement.claims) {
          if (claim !== "system_data" && restricts(given.policy.policy, claim))
            expect(value).not.toBe("undetermined");
        }
      }),
      runs,
    );
    expect(promised).toBeGreaterThan(10);
  });

  it("flags content on a host outside policy whatever else is known, from a log upwards", () => {
    fc.assert(
      fc.property(question, (given) => {
        const { attempt, facts, policy } = given;
        const host = classifyHost(attempt.host, openaiCatalog, policy.policy.customHosts);
        const left = attempt.progress !== "refused" && attempt.progress !== "not_sent";
        const foreign = host.class === "lookalike" || host.class === "unknown";
        const outside = host.class === "official" && !hostWithin(host, policy.policy, openaiCatalog);
        if (!left || attempt.hostGrade === "E" || !(foreign || (outside && facts.carriesContent))) return;
        expect(judgeAttempt(given).verdict).toBe("violation");
      }),
      runs,
    );
  });

  it("gives a violation a basis and every verdict that is no clearance a reason", () => {
    fc.assert(
      fc.property(question, (given) => {
        const { verdict, basis, reasons, band } = judgeAttempt(given);
        expect(basis === "none").toBe(verdict !== "violation");
        expect(reasons.length === 0).toBe(verdict === "compliant");
        expect(band === null).toBe(verdict === "not_applicable");
      }),
      runs,
    );
  });
});

describe("the worst of attempts", () => {
  it("does not depend on their order", () => {
    const attempts = fc.array(attemptFacts, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(callFacts, attempts, policies, pins, fc.gen(), (any, given, policy, pin, gen) => {
        const facts = { ...any, attemptsKnown: "all" as const };
        const common = { facts, policy, pin, catalog: openaiCatalog, intendedRegion: null, refusal: null };
        const judged = judgeCall({ ...common, attempts: given });
        const shuffled = gen(() =>
          fc.shuffledSubarray(judged.attempts, { minLength: judged.attempts.length }),
        );
        expect(worstOf(shuffled)).toEqual(judged.call);
      }),
      { numRuns: 500 },
    );
  });

  it("is never better than any attempt", () => {
    const rank = ["violation", "unverifiable", "blocked", "compliant", "not_applicable"];
    fc.assert(
      fc.property(
        callFacts,
        fc.array(attemptFacts, { minLength: 1, maxLength: 4 }),
        policies,
        (facts, given, policy) => {
          const pin = {
            kind: "unknown",
            region: null,
            source: "none",
            since: null,
            attestedBy: null,
          } as const;
          const { call, attempts } = judgeCall({
            facts,
            attempts: given,
            policy,
            pin,
            catalog: openaiCatalog,
            intendedRegion: null,
            refusal: null,
          });
          for (const { verdict } of attempts)
            expect(rank.indexOf(call.verdict)).toBeLessThanOrEqual(rank.indexOf(verdict));
        },
      ),
      { numRuns: 500 },
    );
  });
});
