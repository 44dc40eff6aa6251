import { describe, expect, it } from "vitest";
import { chat, dialled, inForce, judged, pinnedTo, preset, response } from "../testing/case.ts";

const eu = "eu.api.openai.com";
const us = "us.api.openai.com";
const global = "api.openai.com";
const europe = preset("eea_ch");

/** A tenant that demands everything of the Emirates, where projects may store only. */
function emirates() {
  const within = { kind: "countries", countries: ["AE"] } as const;
  const { policy } = preset("us_regional");
  const claims = { ...policy.claims, inference: within, storage: within };
  return inForce({ ...policy, preset: "custom", homeRegion: "ae", claims });
}

describe("an error of the right host takes nothing back", () => {
  const failures = [
    ["401", { status: 401, errorCode: "invalid_api_key" }],
    ["403", { status: 403 }],
    ["404 model_not_found", { status: 404, errorCode: "model_not_found" }],
    ["429", { status: 429 }],
    ["500", { status: 500 }],
  ] as const;
  const denied = preset("eea_ch", { models: ["gpt-5"] });

  it.each(failures)("%s: what is denied stays outside policy", (_name, over) => {
    const unlisted = chat({ modelRequested: "gpt-9", modelAnswered: null });
    const storageOnly = pinnedTo("ae", { kind: "storage_only" });
    const cases = [
      [eu, europe, unlisted, pinnedTo("eu"), "model_not_eligible"],
      [eu, europe, chat({ endpoint: "/v1/conversations" }), pinnedTo("eu"), "endpoint_not_eligible"],
      [eu, denied, chat({ modelAnswered: null }), pinnedTo("eu"), "model_not_eligible"],
      ["ae.api.openai.com", emirates(), chat(), storageOnly, "pin_storage_only"],
    ] as const;
    for (const [host, policy, facts, pin, reason] of cases) {
      const judgement = judged({ policy, facts, attempt: dialled(host, over), pin });
      expect(judgement.verdict).toBe("violation");
      expect(judgement.reasons).toContain(reason);
    }
  });

  it.each(failures)("%s: what is not known stays not verifiable", (_name, over) => {
    const attempt = dialled(eu, over);
    const alias = chat({ modelRequested: "gpt-4o", modelAnswered: null });
    expect(judged({ policy: europe, facts: alias, attempt, pin: pinnedTo("eu") })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["content_path_not_observed"],
    });
    expect(judged({ policy: europe, facts: response(), attempt })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["pin_unknown"],
    });
    expect(judged({ policy: europe, attempt, pin: pinnedTo("eu") }).verdict).toBe("compliant");
  });
});

describe("a request nobody saw answered", () => {
  it.each([
    ["reset", "sent"],
    ["idle", "sent"],
    ["aborted", "sent"],
    ["reset", "partial"],
  ] as const)("%s after it was %s is not verifiable, on the right host too", (failure, progress) => {
    const over = { status: null, failure, progress };
    const facts = chat({ responseBody: "none", modelAnswered: null });
    const cases = [
      [eu, europe],
      [us, preset("us_global_accepted")],
      [global, preset("no_location_requirement")],
    ] as const;
    for (const [host, policy] of cases) {
      const judgement = judged({ policy, facts, attempt: dialled(host, over) });
      expect(judgement).toMatchObject({
        verdict: "unverifiable",
        band: "unverifiable",
        reasons: ["content_path_not_observed"],
      });
    }
    const { claims } = judged({ policy: europe, facts, attempt: dialled(eu, over), pin: pinnedTo("eu") });
    expect(claims.find(({ claim }) => claim === "inference")?.value).toBe("undetermined");
  });
});

describe("a record that claims its own socket and shows none", () => {
  it("counts against a call as a report", () => {
    expect(judged({ policy: europe, attempt: dialled(global, { peer: null }) })).toMatchObject({
      verdict: "violation",
      basis: "reported",
    });
    const other = dialled(global, { peer: dialled(eu).peer });
    expect(judged({ policy: europe, attempt: other }).basis).toBe("reported");
    expect(judged({ policy: europe, attempt: dialled(global) }).basis).toBe("observed");
  });
});
