import { describe, expect, it } from "vitest";
import { pinnedTo, preset } from "../testing/case.ts";
import { recordedCatalog } from "../verdicts/golden/recorded-catalog.ts";
import { policyProblems } from "./check-policy.ts";
import { type PlanInput, plan } from "./plan.ts";
import { type PresetId, unknownPin } from "./policy.ts";

const catalog = recordedCatalog();
const notSaid = { said: false } as const;

const made = (id: PresetId, target: string, over: Partial<PlanInput> = {}) =>
  plan({
    policy: preset(id).policy,
    catalog,
    keyTarget: target,
    requestedTarget: null,
    subjectCountry: null,
    endpoint: "/v1/chat/completions",
    model: "gpt-4o-2024-08-06",
    featuresOffered: [],
    store: notSaid,
    background: notSaid,
    serviceTier: null,
    unreadable: [],
    storedStateRefs: [],
    pin: unknownPin,
    relayCountry: "DE",
    at: "2026-11-22T09:00:00.000Z",
    ...over,
  });

function planned(id: PresetId, target: string, over: Partial<PlanInput> = {}): string {
  const said = made(id, target, over);
  return said.kind === "send"
    ? `send ${said.host} ${said.intendedRegion}`
    : `refuse ${said.code} ${said.reason}`;
}

function messageOf(id: PresetId, target: string, over: Partial<PlanInput>): string {
  const said = made(id, target, over);
  return said.kind === "refuse" ? said.message : "";
}

describe("a deployment at another provider", () => {
  it("is dialled where its recorded place is within policy, and no other is", () => {
    expect(planned("eea_ch", "bank-se.openai.azure.com")).toBe("send bank-se.openai.azure.com azure-se");
    expect(planned("eea_ch", "bank-us.openai.azure.com")).toBe("refuse region_blocked host_out_of_region");
    expect(planned("eea_ch", "bank-global.openai.azure.com")).toBe(
      "refuse region_blocked host_out_of_region",
    );
    expect(planned("us_regional", "bank-us.openai.azure.com")).toBe("send bank-us.openai.azure.com azure-us");
    expect(planned("us_global_accepted", "bank-global.openai.azure.com")).toBe(
      "send bank-global.openai.azure.com global",
    );
  });

  it("is asked for by its host and never by the code of its place", () => {
    expect(planned("eea_ch", "azure-se")).toBe("refuse unknown_target host_unknown");
  });

  it("is refused where the deployment that the call names is wider than the resource", () => {
    const named = (sku: "Standard" | "GlobalStandard") => ({ deployment: { name: "chat", sku } });
    expect(planned("eea_ch", "bank-se.openai.azure.com", named("Standard"))).toContain("send");
    expect(planned("eea_ch", "bank-se.openai.azure.com", named("GlobalStandard"))).toBe(
      "refuse region_blocked host_out_of_region",
    );
    expect(planned("eea_ch", "eu.api.openai.com", named("GlobalStandard"))).toContain("send");
  });

  it("is told by what it is recorded as, and not as OpenAI's global endpoint", () => {
    const deployment = { name: "chat", sku: "GlobalStandard" } as const;
    const host = "bank-se.openai.azure.com";
    expect(messageOf("eea_ch", host, { deployment })).toBe(
      `The tenant's policy does not allow ${host} (a global deployment, for which no place is promised). Nothing was sent.`,
    );
  });

  it("is no home region of a policy, and none that a subject is routed to", () => {
    const { policy } = preset("eea_ch");
    const home = policyProblems({ ...policy, homeRegion: "azure-se" }, catalog);
    expect(home.map(({ field }) => field)).toEqual(["homeRegion"]);
    const routing = { kind: "by_subject_country", map: { SE: "azure-se" } } as const;
    expect(policyProblems({ ...policy, routing }, catalog).map(({ field }) => field)).toEqual([
      "routing.map.SE",
    ]);
  });

  it("is within reach of a subject that is bound to the region around it", () => {
    const { policy } = preset("eea_ch", { routing: { kind: "by_subject_country", map: { DE: "eu" } } });
    const bound = { policy, subjectCountry: "DE" };
    expect(planned("eea_ch", "bank-se.openai.azure.com", bound)).toContain("send");
    const places = { ...policy.claims, inference: { kind: "any" }, storage: { kind: "any" } } as const;
    const wider = { ...bound, policy: { ...policy, claims: places } };
    expect(planned("eea_ch", "bank-us.openai.azure.com", wider)).toBe(
      "refuse region_blocked subject_region_mismatch",
    );
  });
});

describe("a private link", () => {
  const host = "spaincentral.privatelink.api.openai.com";

  it("is refused without a pin where the policy refuses what is unknown, and not where it sends it", () => {
    const refusing = { policy: preset("eea_ch", { onUnknown: "refuse" }).policy };
    expect(planned("eea_ch", host, refusing)).toBe("refuse pin_required pin_unknown");
    expect(planned("eea_ch", host, { ...refusing, pin: pinnedTo("eu") })).toBe(`send ${host} eu`);
    expect(planned("eea_ch", host)).toBe(`send ${host} eu`);
  });
});
