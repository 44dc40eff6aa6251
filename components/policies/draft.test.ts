import { describe, expect, it } from "vitest";
import type { Policy } from "../../lib/core/policies/policy.ts";
import { preset } from "../../lib/core/testing/case.ts";
import { changed, problemOf, withPreset } from "./draft.ts";

const eea = preset("eea_ch", { homeRegion: "eu" }).policy;

describe("changed", () => {
  it("calls a policy by its preset as long as it says the same, and again when it does", () => {
    const own = changed(eea, { deniedFeatures: ["web_search"] });
    expect(own.preset).toBe("custom");
    expect(changed(own, { deniedFeatures: [] }).preset).toBe("eea_ch");
  });

  it("keeps the preset for what a preset leaves open", () => {
    const until = "2027-01-01T00:00:00.000Z";
    expect(changed(eea, { enforcement: { mode: "observe", until } }).preset).toBe("eea_ch");
    const accepted = preset("us_global_accepted", { homeRegion: "us" }).policy;
    const acceptance = {
      acceptedBy: "N. Ash",
      reason: "Renewed by the board in May.",
      reviewOn: "2027-05-01",
    };
    expect(changed(accepted, { global: { allowed: true, acceptance } }).preset).toBe("us_global_accepted");
  });

  it("takes an admitted host for a policy of its own, and its removal for none", () => {
    const admitted = changed(eea, {
      customHosts: ["llm.bank.example"],
      customHostReasons: { "llm.bank.example": "" },
    });
    expect(admitted.preset).toBe("custom");
    expect(changed(admitted, { customHosts: [], customHostReasons: {} }).preset).toBe("eea_ch");
  });
});

describe("withPreset", () => {
  it("keeps enforcement and acceptance, and a home that the preset knows", () => {
    const until = "2027-01-01T00:00:00.000Z";
    const watching: Policy = { ...eea, enforcement: { mode: "observe", until } };
    expect(withPreset(watching, "eea_ch_strict")).toMatchObject({
      preset: "eea_ch_strict",
      homeRegion: "eu",
      enforcement: { mode: "observe", until },
      requirePin: true,
    });
    expect(withPreset(watching, "us_regional").homeRegion).toBe("us");
  });
});

it("finds the problem of a field and of what lies within it", () => {
  const problems = [{ field: "claims.inference", message: "None there." }];
  expect(problemOf(problems, "claims")).toBe("None there.");
  expect(problemOf(problems, "claims.infer")).toBeNull();
});
