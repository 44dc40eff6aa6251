import { describe, expect, it } from "vitest";
import type { Policy } from "../policies/policy.ts";
import {
  chat,
  dialled,
  globalPin,
  inForce,
  judged,
  listedModel,
  pinnedTo,
  preset,
  reported,
  response,
  wrongHostname,
} from "../testing/case.ts";

const eu = "eu.api.openai.com";
const us = "us.api.openai.com";
const global = "api.openai.com";
const europe = preset("eea_ch");

/** A tenant that demands everything of one country, as no preset does for these regions. */
function only(country: string, homeRegion: string, over: Partial<Policy> = {}) {
  const within = { kind: "countries", countries: [country] } as const;
  const { policy } = preset("us_regional");
  return inForce({
    ...policy,
    preset: "custom",
    homeRegion,
    claims: { ...policy.claims, inference: within, storage: within },
    ...over,
  });
}

describe("a European tenant on its own host", () => {
  it("is within policy and in region under a pinned project", () => {
    const { verdict, band, reasons, standing, basis } = judged({
      policy: europe,
      attempt: dialled(eu),
      pin: pinnedTo("eu"),
    });
    expect({ verdict, band, reasons, standing, basis }).toEqual({
      verdict: "compliant",
      band: "in_region",
      reasons: [],
      standing: [],
      basis: "none",
    });
  });

  it("is within policy under an unknown pin when it stores nothing, and the pin stays a finding", () => {
    const judgement = judged({ policy: europe, attempt: dialled(eu) });
    expect(judgement).toMatchObject({
      verdict: "compliant",
      band: "in_region",
      standing: ["project_not_pinned"],
    });
  });

  it.each([
    ["Responses that does not say store", response(), "pin_unknown"],
    ["Responses with store: true", response({ store: { said: true, value: true } }), "pin_unknown"],
    ["chat with store: true", chat({ store: { said: true, value: true } }), "pin_unknown"],
    [
      "background work",
      response({ store: { said: true, value: false }, background: { said: true, value: true } }),
      "pin_unknown",
    ],
    [
      "a stored response that is read back",
      response({ operation: "responses.retrieve", requestBody: "none" }),
      "pin_unknown",
    ],
  ])("is not verifiable under an unknown pin for %s", (_name, facts, reason) => {
    const judgement = judged({ policy: europe, facts, attempt: dialled(eu) });
    expect(judgement).toMatchObject({ verdict: "unverifiable", band: "unverifiable", reasons: [reason] });
  });

  it("is not verifiable under an unknown pin for a stored completion that is read back", () => {
    const facts = chat({ operation: "chat.completions.retrieve", requestBody: "none" });
    expect(judged({ policy: europe, facts, attempt: dialled(eu) }).reasons).toEqual(["pin_unknown"]);
  });

  it("is not verifiable under an unknown pin for a batch, where handling alone is restricted", () => {
    const { claims, minimumGrade } = europe.policy;
    const handling = claims.inference;
    const any = { kind: "any" } as const;
    const policy = preset("eea_ch", {
      claims: { ...claims, inference: any, storage: any, handling },
      minimumGrade,
    });
    const facts = chat({ operation: "batches.create", endpoint: "/v1/batches" });
    expect(judged({ policy, facts, attempt: dialled(eu) }).reasons).toEqual(["pin_unknown"]);
    expect(judged({ policy, facts, attempt: dialled(eu), pin: pinnedTo("eu") }).verdict).toBe("compliant");
  });

  it("clears a stored response under a pinned project, and one with store: false without", () => {
    expect(
      judged({ policy: europe, facts: response(), attempt: dialled(eu), pin: pinnedTo("eu") }).verdict,
    ).toBe("compliant");
    const facts = response({ store: { said: true, value: false } });
    expect(judged({ policy: europe, facts, attempt: dialled(eu) }).verdict).toBe("compliant");
  });

  it("does not clear a stored response of a global project: the host alone says nothing about storage", () => {
    expect(judged({ policy: europe, facts: response(), attempt: dialled(eu), pin: globalPin })).toMatchObject(
      {
        verdict: "unverifiable",
        reasons: ["pin_unknown"],
      },
    );
  });

  it("does not clear a call whose pin contradicts the host that answered", () => {
    expect(judged({ policy: europe, attempt: dialled(eu), pin: pinnedTo("us") })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["pin_unknown"],
    });
  });

  it("takes the right host's incorrect_hostname for a project that is not set up", () => {
    expect(judged({ policy: europe, attempt: wrongHostname(eu), pin: pinnedTo("us") })).toMatchObject({
      verdict: "compliant",
      standing: ["project_not_set_up"],
      hostWithinPolicy: true,
    });
  });

  it("is permitted at best there: the project was not served, so nothing is promised", () => {
    const facts = chat({ modelRequested: "gpt-4o", modelAnswered: null });
    for (const given of [chat(), facts, response()]) {
      const judgement = judged({ policy: europe, facts: given, attempt: wrongHostname(eu) });
      expect(judgement).toMatchObject({ verdict: "compliant", band: "permitted" });
    }
  });

  it("still flags there what the catalog or the policy denies", () => {
    const unlisted = chat({ modelRequested: "gpt-9", modelAnswered: null });
    expect(judged({ policy: europe, facts: unlisted, attempt: wrongHostname(eu) })).toMatchObject({
      verdict: "violation",
      reasons: ["model_not_eligible"],
      standing: ["project_not_set_up"],
    });
  });
});

describe("a host outside policy", () => {
  it("flags the silent leak: a global project, the global host, 200", () => {
    expect(judged({ policy: europe, attempt: dialled(global), pin: globalPin })).toMatchObject({
      verdict: "violation",
      band: "outside",
      reasons: ["host_out_of_region"],
      basis: "observed",
      hostWithinPolicy: false,
    });
  });

  it("flags content that the provider refused there as attempted egress", () => {
    expect(judged({ policy: europe, attempt: wrongHostname(global), pin: pinnedTo("eu") })).toMatchObject({
      verdict: "violation",
      reasons: ["attempted_egress"],
    });
  });

  it.each([500, 429, 401, 302, null])("flags it whatever the status: %s", (status) => {
    expect(judged({ policy: europe, attempt: dialled(global, { status }) })).toMatchObject({
      verdict: "violation",
      reasons: ["host_out_of_region"],
    });
  });

  it("flags a request that left in part, and one whose end was never recorded", () => {
    expect(
      judged({ policy: europe, attempt: dialled(us, { progress: "partial", status: null }) }).verdict,
    ).toBe("violation");
    expect(
      judged({ policy: europe, attempt: dialled(us, { progress: "unknown", status: null }) }).verdict,
    ).toBe("violation");
  });

  it("counts a log's word as reported, and a label as too weak to flag", () => {
    expect(judged({ policy: europe, attempt: reported(global) })).toMatchObject({
      verdict: "violation",
      basis: "reported",
    });
    expect(judged({ policy: europe, attempt: reported(global, { hostGrade: "E" }) })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["evidence_too_weak"],
    });
  });

  it("flags a lookalike even without content: the key went", () => {
    for (const facts of [chat(), chat({ operation: "models.list", endpoint: null, carriesContent: false })]) {
      expect(
        judged({ policy: europe, facts, attempt: dialled("api.openai.eu", { status: 404 }) }),
      ).toMatchObject({
        verdict: "violation",
        reasons: ["host_lookalike"],
      });
    }
  });

  it("flags an unknown host under every policy, also under none", () => {
    for (const policy of [europe, preset("no_location_requirement"), null]) {
      expect(judged({ policy, attempt: dialled("llm.bank.example") })).toMatchObject({
        verdict: "violation",
        reasons: ["host_unknown"],
      });
    }
  });

  it("cannot place an OpenAI name that the catalog does not know, so it neither clears nor accuses", () => {
    for (const policy of [europe, preset("no_location_requirement")]) {
      expect(judged({ policy, attempt: dialled("eu2.api.openai.com"), pin: pinnedTo("eu") })).toMatchObject({
        verdict: "unverifiable",
        reasons: ["host_unclassified"],
      });
    }
  });

  it("never clears a custom host where a place is asked for: what happens behind it is a label", () => {
    const custom = ["llm.bank.example"];
    const attempt = dialled("llm.bank.example");
    const weakest = { relay: "E", ingress: "E", inference: "E", handling: "E", storage: "E" } as const;
    for (const minimumGrade of [europe.policy.minimumGrade, weakest]) {
      const policy = preset("eea_ch", { customHosts: custom, minimumGrade });
      expect(judged({ policy, attempt })).toMatchObject({
        verdict: "unverifiable",
        reasons: ["evidence_too_weak"],
      });
    }
    expect(
      judged({ policy: preset("no_location_requirement", { customHosts: custom }), attempt }),
    ).toMatchObject({
      verdict: "compliant",
      band: "permitted",
    });
  });
});

describe("calls of which nothing or no content left", () => {
  it("is not applicable where DNS, TCP or TLS failed, even towards a lookalike", () => {
    for (const host of [eu, global, "api.openai.eu"]) {
      const attempt = dialled(host, { progress: "not_sent", status: null, failure: "dns", peer: null });
      expect(judged({ policy: europe, attempt })).toMatchObject({
        verdict: "not_applicable",
        band: null,
        reasons: ["never_sent"],
      });
    }
  });

  it("is stopped where we refused before a byte left", () => {
    expect(
      judged({ policy: europe, attempt: dialled(global, { progress: "refused", status: null }) }),
    ).toMatchObject({
      verdict: "blocked",
      band: "stopped",
      reasons: ["blocked_by_policy"],
    });
  });

  it("is not applicable for a list of models, on any documented host", () => {
    const facts = chat({
      operation: "models.list",
      endpoint: null,
      carriesContent: false,
      requestBody: "none",
    });
    for (const host of [eu, global]) {
      expect(judged({ policy: europe, facts, attempt: dialled(host) })).toMatchObject({
        verdict: "not_applicable",
        reasons: ["no_content"],
      });
    }
  });

  it("is not verifiable where no policy was in force", () => {
    expect(judged({ policy: null, attempt: dialled(eu), pin: pinnedTo("eu") })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["policy_missing"],
    });
  });
});

describe("missing evidence never clears a call", () => {
  const pin = pinnedTo("eu");

  it.each([
    ["a log alone", chat(), reported(eu), "evidence_too_weak"],
    ["a label", chat(), reported(eu, { hostGrade: "E" }), "evidence_too_weak"],
    ["grade C without its socket", chat(), dialled(eu, { peer: null }), "evidence_too_weak"],
    [
      "a certificate for another name",
      chat(),
      dialled(eu, { peer: { ...peerOf(eu), tlsName: global } }),
      "evidence_too_weak",
    ],
    [
      "TLS that was not verified",
      chat(),
      dialled(eu, { peer: { ...peerOf(eu), tlsVerified: false } }),
      "evidence_too_weak",
    ],
    [
      "an end that was never recorded",
      chat(),
      dialled(eu, { progress: "unknown" }),
      "content_path_not_observed",
    ],
    ["a redirect", chat(), dialled(eu, { status: 307, redirectHost: us }), "redirect_refused"],
    ["a redirect without a location", chat(), dialled(eu, { status: 302 }), "redirect_refused"],
    [
      "a body that was not read",
      chat({ requestBody: "unread", modelRequested: null, modelAnswered: null }),
      dialled(eu),
      "content_path_not_observed",
    ],
    [
      "a body that was not read though the answer names its model",
      chat({ requestBody: "unread", modelRequested: null }),
      dialled(eu),
      "content_path_not_observed",
    ],
    [
      "an alias whose snapshot the answer does not name",
      chat({ modelRequested: "gpt-4o", modelAnswered: null, responseBody: "unread" }),
      dialled(eu),
      "content_path_not_observed",
    ],
    [
      "an answer that names an alias",
      chat({ modelAnswered: "gpt-4o" }),
      dialled(eu),
      "content_path_not_observed",
    ],
    [
      "a third party's tool offered and an answer that was not read",
      response({ store: { said: true, value: false }, featuresOffered: ["mcp"], responseBody: "unread" }),
      dialled(eu),
      "content_path_not_observed",
    ],
    [
      "a tool nobody lists",
      response({ featuresOffered: ["image_generation"], featuresUsed: ["image_generation"] }),
      dialled(eu),
      "scope_unknown",
    ],
    [
      "a fine-tuned model",
      chat({ modelAnswered: `ft:${listedModel}:bank::x` }),
      dialled(eu),
      "scope_unknown",
    ],
    [
      "a path without a row",
      chat({ operation: "videos.create", endpoint: null, path: "/v1/videos" }),
      dialled(eu),
      "endpoint_unlisted",
    ],
    [
      "fast mode left to the project, where the model excludes it",
      chat({ modelAnswered: "gpt-6-astra" }),
      dialled(eu),
      "content_path_not_observed",
    ],
  ])("%s", (_name, facts, attempt, reason) => {
    const judgement = judged({ policy: europe, facts, attempt, pin });
    expect(judgement.verdict).toBe("unverifiable");
    expect(judgement.reasons).toContain(reason);
  });
});

function peerOf(host: string) {
  const { peer } = dialled(host);
  if (peer === null) throw new Error("The builder always has a peer.");
  return peer;
}

it("shows no place for what was answered with a redirect", () => {
  const { claims } = judged({
    policy: europe,
    attempt: dialled(eu, { status: 307, redirectHost: us }),
    pin: pinnedTo("eu"),
  });
  for (const { claim, value } of claims) {
    if (claim === "inference" || claim === "storage") expect(value).toBe("undetermined");
  }
});

describe("what the catalog denies", () => {
  const pin = pinnedTo("eu");

  it.each([
    ["an unlisted model", chat({ modelAnswered: "gpt-9-2027-01-01" }), "model_not_eligible"],
    [
      "a model asked for and unlisted",
      chat({ modelRequested: "gpt-9", modelAnswered: null }),
      "model_not_eligible",
    ],
    ["a model of another endpoint", chat({ modelAnswered: "gpt-5.4-pro-2026-03-05" }), "model_not_eligible"],
    [
      "an endpoint the residency table lacks",
      chat({ endpoint: "/v1/conversations", modelAnswered: null, requestBody: "read" }),
      "endpoint_not_eligible",
    ],
    [
      "the Assistants API",
      chat({ endpoint: "/v1/threads/runs", modelAnswered: null }),
      "endpoint_not_eligible",
    ],
    [
      "a tier excluded in Europe",
      chat({ modelAnswered: "gpt-6-astra", serviceTier: "fast" }),
      "service_tier_not_eligible",
    ],
    [
      "realtime tracing in Europe",
      chat({
        endpoint: "/v1/realtime",
        modelAnswered: "gpt-realtime-2",
        featuresOffered: ["realtime_tracing"],
      }),
      "feature_out_of_region",
    ],
  ])("%s is outside policy", (_name, facts, reason) => {
    const judgement = judged({ policy: europe, facts, attempt: dialled(eu), pin });
    expect(judgement).toMatchObject({ verdict: "violation", band: "outside", basis: "observed" });
    expect(judgement.reasons).toContain(reason);
  });

  it("uses the snapshot that answered, not the alias that was asked for", () => {
    const facts = chat({ modelRequested: "gpt-4o", modelAnswered: listedModel });
    expect(judged({ policy: europe, facts, attempt: dialled(eu), pin }).verdict).toBe("compliant");
  });

  it("judges a tool that was used and not one that was only offered", () => {
    const stateless = { store: { said: true, value: false } } as const;
    const offered = response({ ...stateless, featuresOffered: ["mcp"] });
    expect(judged({ policy: europe, facts: offered, attempt: dialled(eu), pin }).verdict).toBe("compliant");
    const used = response({ ...stateless, featuresOffered: ["mcp"], featuresUsed: ["mcp"] });
    expect(judged({ policy: europe, facts: used, attempt: dialled(eu), pin })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["third_party_tool"],
    });
  });

  it("clears web search in Europe, which the table lists", () => {
    const facts = response({ featuresOffered: ["web_search"], featuresUsed: ["web_search"] });
    expect(judged({ policy: europe, facts, attempt: dialled(eu), pin })).toMatchObject({
      verdict: "compliant",
      band: "in_region",
    });
  });

  it("holds the policy's own lists of models and features against a call, wherever it went", () => {
    const models = preset("no_location_requirement", { models: ["gpt-4o"] });
    expect(judged({ policy: models, attempt: dialled(global) }).verdict).toBe("compliant");
    const other = chat({ modelAnswered: "gpt-5-2025-08-07" });
    expect(judged({ policy: models, facts: other, attempt: dialled(global) })).toMatchObject({
      verdict: "violation",
      reasons: ["model_not_eligible"],
    });
    const denied = preset("no_location_requirement", { deniedFeatures: ["mcp"] });
    const used = response({ featuresUsed: ["mcp"] });
    expect(judged({ policy: denied, facts: used, attempt: dialled(global) }).verdict).toBe("violation");
  });
});

describe("files", () => {
  const upload = chat({
    operation: "files.create",
    endpoint: "/v1/files",
    path: "/v1/files",
    requestBody: "unread",
    modelRequested: null,
    modelAnswered: null,
  });

  it("are within policy without a promise where handling is open", () => {
    expect(
      judged({ policy: europe, facts: upload, attempt: dialled(eu), pin: pinnedTo("eu") }),
    ).toMatchObject({
      verdict: "compliant",
      band: "permitted",
    });
    expect(judged({ policy: europe, facts: upload, attempt: dialled(eu) }).reasons).toEqual(["pin_unknown"]);
  });

  it("are outside a strict policy", () => {
    const policy = preset("eea_ch_strict");
    const facts = { ...upload, relayCountry: "DE" };
    expect(judged({ policy, facts, attempt: dialled(eu), pin: pinnedTo("eu") })).toMatchObject({
      verdict: "violation",
      reasons: ["no_regional_handling"],
    });
  });
});

describe("the strict European policy", () => {
  const policy = preset("eea_ch_strict");
  const facts = chat({ relayCountry: "DE" });

  it("clears a pinned project relayed in Germany", () => {
    expect(judged({ policy, facts, attempt: dialled(eu), pin: pinnedTo("eu") })).toMatchObject({
      verdict: "compliant",
      band: "in_region",
    });
  });

  it.each([
    [
      "a relay in the United States",
      chat({ relayCountry: "US" }),
      pinnedTo("eu"),
      "violation",
      "relay_out_of_region",
    ],
    ["a relay nobody attested", chat(), pinnedTo("eu"), "unverifiable", "content_path_not_observed"],
    ["an unknown pin", facts, undefined, "unverifiable", "pin_unknown"],
    ["a global project", facts, globalPin, "violation", "provider_global_profile"],
  ])("does not clear %s", (_name, given, pin, verdict, reason) => {
    const judgement = judged({ policy, facts: given, attempt: dialled(eu), ...(pin ? { pin } : {}) });
    expect(judgement).toMatchObject({ verdict, reasons: [reason] });
  });

  it("flags an edge outside the region, which other policies only show", () => {
    const at = (edgeCode: string) => dialled(eu, { echo: { ...dialled(eu).echo, edgeCode } });
    expect(judged({ policy, facts, attempt: at("IAD"), pin: pinnedTo("eu") })).toMatchObject({
      verdict: "violation",
      reasons: ["edge_anomaly"],
    });
    expect(judged({ policy, facts, attempt: at("FRA"), pin: pinnedTo("eu") }).verdict).toBe("compliant");
    const shown = judged({ policy: europe, attempt: at("IAD"), pin: pinnedTo("eu") });
    expect(shown.verdict).toBe("compliant");
    expect(shown.claims.find(({ claim }) => claim === "ingress")?.value).toBe("undetermined");
  });
});

describe("a tenant in the United States on the global host", () => {
  it.each([
    ["us_global_accepted", "compliant", "permitted", []],
    ["us_regional", "violation", "outside", ["host_out_of_region"]],
    ["no_location_requirement", "compliant", "permitted", []],
  ] as const)("%s: %s", (id, verdict, band, reasons) => {
    expect(judged({ policy: preset(id), attempt: dialled(global), pin: globalPin })).toMatchObject({
      verdict,
      band,
      reasons,
    });
  });

  it("is in region on the regional host, and never on the global one", () => {
    for (const id of ["us_global_accepted", "us_regional"] as const) {
      expect(judged({ policy: preset(id), attempt: dialled(us), pin: pinnedTo("us") })).toMatchObject({
        verdict: "compliant",
        band: "in_region",
      });
    }
  });

  it("promises nothing where the accepted policy uses what the region does not list", () => {
    const facts = chat({ modelAnswered: "gpt-9-2027-01-01" });
    const accepted = judged({ policy: preset("us_global_accepted"), facts, attempt: dialled(us) });
    expect(accepted).toMatchObject({ verdict: "compliant", band: "permitted" });
    expect(judged({ policy: preset("us_regional"), facts, attempt: dialled(us) }).verdict).toBe("violation");
  });

  it("promises nothing where the policy asks for the end of TLS and OpenAI states none for the host", () => {
    const { claims } = preset("us_global_accepted").policy;
    const policy = preset("us_global_accepted", { claims: { ...claims, ingress: claims.inference } });
    const attempt = dialled("westus.privatelink.api.openai.com");
    expect(judged({ policy, attempt, pin: pinnedTo("us") })).toMatchObject({
      verdict: "compliant",
      band: "permitted",
    });
    expect(judged({ policy, attempt: dialled(us), pin: pinnedTo("us") }).band).toBe("in_region");
  });

  it("is outside every US policy on the European host", () => {
    for (const id of ["us_global_accepted", "us_regional"] as const) {
      expect(judged({ policy: preset(id), attempt: dialled(eu) }).reasons).toEqual(["host_out_of_region"]);
    }
  });

  it("still does not clear a call that is known from a label alone", () => {
    for (const id of ["us_global_accepted", "no_location_requirement"] as const) {
      const attempt = reported(global, { hostGrade: "E" });
      expect(judged({ policy: preset(id), attempt })).toMatchObject({
        verdict: "unverifiable",
        reasons: ["evidence_too_weak"],
      });
    }
  });
});

describe("regions that store only, or whose scope is not known", () => {
  it.each([
    ["GB", "gb"],
    ["CA", "ca"],
    ["SG", "sg"],
    ["KR", "kr"],
  ])("flags inference demanded in %s", (country, region) => {
    const attempt = dialled(`${region}.api.openai.com`);
    const pin = pinnedTo(region, { kind: "storage_only" });
    const judgement = judged({ policy: only(country, region), attempt, pin });
    expect(judgement.verdict).toBe("violation");
    expect(judgement.reasons).toContain("storage_only_region");
  });

  it("clears storage in the United Kingdom where inference elsewhere is accepted", () => {
    const attempt = dialled("gb.api.openai.com");
    const pin = pinnedTo("gb", { kind: "storage_only" });
    const judgement = judged({ policy: preset("at_rest_gb"), facts: response(), attempt, pin });
    expect(judgement).toMatchObject({ verdict: "compliant", band: "in_region" });
    expect(judgement.claims.find(({ claim }) => claim === "inference")?.value).toBe("undetermined");
  });

  it.each([
    ["australia", "au"],
    ["india", "in"],
    ["japan", "jp"],
  ] as const)("cannot clear %s today, with or without a pin", (id, region) => {
    const attempt = dialled(`${region}.api.openai.com`);
    expect(judged({ policy: preset(id), attempt, pin: pinnedTo(region) })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["scope_unknown"],
    });
    expect(judged({ policy: preset(id), attempt }).reasons).toEqual(["scope_unknown", "pin_unknown"]);
  });

  it("clears a listed model in the Emirates under a pinned project, and flags an unlisted one", () => {
    const policy = only("AE", "ae");
    const attempt = dialled("ae.api.openai.com");
    const pin = pinnedTo("ae");
    const listed = chat({ modelAnswered: "gpt-5.2-2025-12-11" });
    expect(judged({ policy, facts: listed, attempt, pin })).toMatchObject({
      verdict: "compliant",
      band: "in_region",
    });
    expect(judged({ policy, facts: listed, attempt }).reasons).toEqual(["pin_unknown"]);
    expect(judged({ policy, facts: chat(), attempt, pin })).toMatchObject({
      verdict: "violation",
      reasons: ["model_not_eligible"],
    });
    const moderation = chat({ endpoint: "/v1/moderations", modelAnswered: "omni-moderation-latest" });
    expect(judged({ policy, facts: moderation, attempt, pin }).reasons).toContain("endpoint_not_eligible");
  });

  it("flags a model that is not stored there, where storage is what the policy asks for", () => {
    const facts = chat({ modelAnswered: "gpt-6.1-sol" });
    const pin = pinnedTo("gb", { kind: "storage_only" });
    expect(
      judged({ policy: preset("at_rest_gb"), facts, attempt: dialled("gb.api.openai.com"), pin }),
    ).toMatchObject({
      verdict: "violation",
      reasons: ["model_not_eligible"],
    });
  });

  it("flags inference under a project that stores only, as a report where a person attested it", () => {
    const policy = only("AE", "ae");
    const facts = chat({ modelAnswered: "gpt-5.2-2025-12-11" });
    const attempt = dialled("ae.api.openai.com");
    const attested = pinnedTo("ae", { kind: "storage_only" });
    expect(judged({ policy, facts, attempt, pin: attested })).toMatchObject({
      verdict: "violation",
      reasons: ["pin_storage_only"],
      basis: "reported",
    });
    const told = pinnedTo("ae", { kind: "storage_only", source: "admin_api" });
    expect(judged({ policy, facts, attempt, pin: told }).basis).toBe("observed");
  });
});

describe("routing by the subject's country", () => {
  const within = { kind: "countries", countries: ["US", ...europeCountries()] } as const;
  const policy = preset("eea_ch", {
    claims: { ...europe.policy.claims, inference: within, storage: within },
    routing: { kind: "by_subject_country", map: { DE: "eu", US: "us" } },
  });

  it("flags the wrong one of two allowed regions, and clears the right one", () => {
    const german = chat({ subjectCountry: "DE" });
    expect(judged({ policy, facts: german, attempt: dialled(us) })).toMatchObject({
      verdict: "violation",
      reasons: ["subject_region_mismatch"],
    });
    expect(judged({ policy, facts: german, attempt: dialled(eu) }).verdict).toBe("compliant");
    expect(judged({ policy, facts: chat({ subjectCountry: "US" }), attempt: dialled(us) }).verdict).toBe(
      "compliant",
    );
  });

  it("binds a call without a subject to no region beyond the policy's countries", () => {
    expect(judged({ policy, attempt: dialled(us) }).verdict).toBe("compliant");
  });
});

function europeCountries(): readonly string[] {
  const { inference } = europe.policy.claims;
  return inference.kind === "countries" ? inference.countries : [];
}
