import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { listedModel, preset } from "../testing/case.ts";
import type { PlanInput } from "./plan.ts";
import { plan } from "./plan.ts";
import { unknownPin } from "./policy.ts";
import { simulate } from "./simulate.ts";

const hybrid = preset("no_location_requirement", {
  global: { allowed: false },
  homeRegion: "us",
  routing: { kind: "by_subject_country", map: { ES: "eu", US: "us" } },
}).policy;
const ask = (over: Partial<PlanInput> = {}): PlanInput => ({
  policy: preset("eea_ch").policy,
  catalog: openaiCatalog,
  keyTarget: "policy",
  requestedTarget: null,
  subjectCountry: null,
  endpoint: "/v1/chat/completions",
  model: listedModel,
  featuresOffered: [],
  store: { said: true, value: false },
  background: { said: false },
  serviceTier: null,
  pin: unknownPin,
  at: "2026-11-22T09:00:00.000Z",
  unreadable: [],
  storedStateRefs: [],
  ...over,
});
const words = (over: Partial<PlanInput>) => {
  const { sentence, steps } = simulate(ask(over));
  return { sentence, steps: steps.map((step) => `${step.outcome} ${step.title}: ${step.sentence}`) };
};

describe("simulate", () => {
  it("names who, what, where and the rule of the route", () => {
    const { sentence, steps } = words({ policy: hybrid, subjectCountry: "ES" });
    expect(sentence).toMatch(
      /^A call for a subject in ES with gpt-4o-2024-08-06 goes to eu\.api\.openai\.com, Europe/,
    );
    expect(steps[1]).toMatch(/^noted Routing: The policy routes subjects in ES to Europe/);
  });

  it("sends home whom no rule names, and says so", () => {
    const { sentence, steps } = words({ policy: hybrid, subjectCountry: "BR" });
    expect(sentence).toContain("goes to us.api.openai.com");
    expect(steps[1]).toContain("The policy names no region for BR, so it goes home");
  });

  it("ends at the rule that stops the call", () => {
    const { sentence, steps } = words({ requestedTarget: "global" });
    expect(sentence).toContain("is stopped before it leaves");
    expect(steps.at(-1)).toMatch(/^stopped Host: .*does not allow api\.openai\.com/);
    expect(words({ model: "gpt-9" }).steps.at(-1)).toMatch(/^stopped What it asks for: /);
  });

  it("says of an observing policy that the call is sent and flagged", () => {
    const policy = preset("eea_ch", {
      enforcement: { mode: "observe", until: "2027-01-01T00:00:00Z" },
    }).policy;
    const { sentence, steps } = words({ policy, requestedTarget: "global" });
    expect(sentence).toContain(
      "goes to api.openai.com, the global endpoint, is judged, and would be stopped once",
    );
    expect(steps.at(-1)).toMatch(/^noted Enforcement/);
  });

  it("names what cannot be known beforehand where the policy sends it all the same", () => {
    expect(words({ model: "gpt-4o" }).steps.at(-1)).toMatch(/^noted Doubt: /);
    expect(words({}).steps.at(-1)).toMatch(/^passed What it asks for/);
    const careful = preset("eea_ch", { onUnknown: "refuse" }).policy;
    expect(words({ model: "gpt-4o", policy: careful }).steps.at(-1)).toMatch(/^stopped What it asks for/);
  });

  it.each(["api.openai.eu", "nowhere", "eu2.api.openai.com"])("never makes a route to %s", (target) => {
    const { steps } = words({ requestedTarget: target });
    expect(steps.at(-1)).toMatch(/^stopped Host: /);
  });

  it("agrees with the plan that the gateway follows", () => {
    for (const over of [{}, { requestedTarget: "us" }, { model: null }, { endpoint: "/v1/files" }])
      expect(simulate(ask(over)).plan).toEqual(plan(ask(over)));
  });
});
