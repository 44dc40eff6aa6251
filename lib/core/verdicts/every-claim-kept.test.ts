import { describe, expect, it } from "vitest";
import type { ClaimEvidence } from "../calls/evidence.ts";
import type { Policy } from "../policies/policy.ts";
import { dialled, judged, pinnedTo, preset } from "../testing/case.ts";
import { everyClaimKept } from "./every-claim-kept.ts";

const inForce = preset("eea_ch");
const { policy } = inForce;
const { claims, verdict } = judged({
  policy: inForce,
  attempt: dialled("eu.api.openai.com"),
  pin: pinnedTo("eu"),
});
/** The same that names the countries of every place. */
const { inference } = policy.claims;
const strict: Policy = { ...policy, claims: { ...policy.claims, handling: inference, ingress: inference } };
const inGermany = claims.map((each) => ({ ...each, value: ["DE"] }));
const saying = (claim: ClaimEvidence["claim"], value: ClaimEvidence["value"]) =>
  inGermany.map((each) => (each.claim === claim ? { ...each, value } : each));

describe("the last gate before a call is cleared", () => {
  it("lets a call through whose every restricted claim lies where the policy allows it", () => {
    expect(verdict).toBe("compliant");
    expect(everyClaimKept(policy, claims)).toBe(true);
    expect(everyClaimKept(strict, inGermany)).toBe(true);
  });

  it.each(["inference", "storage", "handling", "ingress"] as const)(
    "holds what is not known of %s",
    (claim) => {
      expect(everyClaimKept(strict, saying(claim, "undetermined"))).toBe(false);
    },
  );

  it.each(["inference", "storage", "handling", "ingress"] as const)(
    "holds %s in one country too many",
    (claim) => {
      expect(everyClaimKept(strict, saying(claim, ["DE", "US"]))).toBe(false);
    },
  );

  it("asks nothing of a claim that the policy leaves open, nor of system data, which no policy restricts", () => {
    expect(everyClaimKept(preset("no_location_requirement").policy, saying("inference", ["US"]))).toBe(true);
    expect(everyClaimKept(strict, saying("system_data", ["US"]))).toBe(true);
    expect(everyClaimKept(strict, saying("system_data", "undetermined"))).toBe(true);
  });
});
