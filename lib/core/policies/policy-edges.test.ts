import { describe, expect, it } from "vitest";
import type { UsedObject } from "../calls/provider-object.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { preset } from "../testing/case.ts";
import { assessObjects } from "./assess-objects.ts";
import { policyProblems } from "./check-policy.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Enforcement, GlobalAcceptance } from "./policy.ts";

const at = "2026-11-22T09:00:00.000Z";

describe("stored objects under a policy that restricts neither storage nor handling", () => {
  const unborn = { kind: "file", id: "file-1", birth: null } as UsedObject;

  it.each([
    ["a field that names an object of which nothing is known", ["file_id"], []],
    ["an object whose birth nobody recorded", ["file_id"], [unborn]],
  ])("leave nothing open: %s", (_what, storedStateRefs, objectsUsed) => {
    const question = { catalog: openaiCatalog, storedStateRefs, objectsUsed };
    const { policy } = preset("no_location_requirement");
    expect(assessObjects({ ...question, policy })).toEqual({ adverse: [], open: [] });
    expect(assessObjects({ ...question, policy: preset("eea_ch").policy })).toEqual({
      adverse: [],
      open: ["resource_birth_unknown"],
    });
  });
});

describe("the end of observing", () => {
  const problemsOf = (enforcement: Enforcement) =>
    policyProblems(preset("eea_ch", { enforcement }).policy, openaiCatalog, at).map(({ field }) => field);

  it.each([
    ["2026-11-22T09:00:00.001Z", []],
    ["2027-01-01T00:00:00Z", []],
    ["2026-11-22T09:00:00.000Z", ["enforcement.until"]],
    ["2026-11-21T00:00:00Z", ["enforcement.until"]],
  ])("%s lies ahead, or is refused", (until, fields) => {
    expect(problemsOf({ mode: "observe", until })).toEqual(fields);
  });

  it("may be none where the policy asks for no place, and is read back as none", () => {
    const { policy } = preset("no_location_requirement", { enforcement: { mode: "observe", until: null } });
    const stored = JSON.parse(JSON.stringify(policy));
    expect(stored.enforcement).toEqual({ mode: "observe", until: null });
    expect(parsePolicy(stored)).toEqual(policy);
  });
});

describe("whoever accepts the global host", () => {
  const acceptance: GlobalAcceptance = {
    acceptedBy: "M. Roth",
    reason: "Reviewed with the data protection officer.",
    reviewOn: "2027-05-01",
  };
  const fieldsOf = (acceptedBy: string) =>
    policyProblems(
      preset("us_global_accepted", {
        global: { allowed: true, acceptance: { ...acceptance, acceptedBy } },
      }).policy,
      openaiCatalog,
      at,
    ).map(({ field }) => field);

  it.each(["", "MR", "  MR  "])("is named in at least three letters: %j is not", (acceptedBy) => {
    expect(fieldsOf(acceptedBy)).toContain("global.acceptance.acceptedBy");
  });

  it.each(["Roe", "M. Roth"])("is accepted as %j", (acceptedBy) => {
    expect(fieldsOf(acceptedBy)).not.toContain("global.acceptance.acceptedBy");
  });
});
