import { describe, expect, it } from "vitest";
import type { UsedObject } from "../calls/provider-object.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { globalPin, listedModel, pinnedTo, preset } from "../testing/case.ts";
import { recordedCatalog } from "../verdicts/golden/recorded-catalog.ts";
import { type PlanInput, plan } from "./plan.ts";
import { type Policy, type PresetId, unknownPin } from "./policy.ts";

const at = "2026-11-22T09:00:00.000Z";
const notSaid = { said: false } as const;

function planned(id: PresetId, over: Partial<PlanInput> = {}, policy: Partial<Policy> = {}) {
  return plan({
    policy: preset(id, policy).policy,
    catalog: openaiCatalog,
    keyTarget: "policy",
    requestedTarget: null,
    subjectCountry: null,
    endpoint: "/v1/chat/completions",
    model: listedModel,
    featuresOffered: [],
    store: notSaid,
    background: notSaid,
    serviceTier: null,
    unreadable: [],
    storedStateRefs: [],
    pin: pinnedTo("eu"),
    at,
    ...over,
  });
}

const onlyIn = (countries: readonly string[]) => {
  const place = { kind: "countries", countries } as const;
  return { inference: place, storage: place };
};

const observing = { enforcement: { mode: "observe", until: "2027-11-22T00:00:00Z" } } as const;

describe("a name without a date", () => {
  const emirates = { claims: { ...preset("eea_ch").policy.claims, ...onlyIn(["AE"]) }, homeRegion: "ae" };

  it("is refused where no snapshot that is listed could answer, with what the catalog says", () => {
    const refused = planned("eea_ch", { model: "gpt-4o", pin: pinnedTo("ae") }, emirates);
    expect(refused).toMatchObject({ kind: "refuse", code: "model_not_eligible" });
    expect(refused.kind === "refuse" && refused.message).toContain("gpt-4o is not listed for inference");
    expect(planned("eea_ch", { model: "gpt-5-pro" })).toMatchObject({ reason: "model_not_eligible" });
    const watched = planned("eea_ch", { model: "gpt-5-pro" }, observing);
    expect(watched).toMatchObject({ kind: "send", wouldBlock: { reason: "model_not_eligible" } });
  });

  it("is sent where one could", () => {
    expect(planned("eea_ch", { model: "gpt-4o" })).toMatchObject({ kind: "send", wouldBlock: null });
    const some = planned("eea_ch", { model: "gpt-5.2", pin: pinnedTo("ae") }, emirates);
    expect(some).toMatchObject({ kind: "send", wouldBlock: null });
  });

  it("is allowed as the snapshot that the catalog records it to stand for", () => {
    const models = { models: ["gpt-4o-2024-08-06"] };
    const mapped = { model: "gpt-4o", catalog: recordedCatalog() };
    expect(planned("eea_ch", mapped, models)).toMatchObject({ kind: "send", wouldBlock: null });
    expect(planned("eea_ch", { model: "gpt-4o" }, models)).toMatchObject({ kind: "refuse" });
  });
});

describe("stored objects at a deployment of another provider", () => {
  const used = (birth: UsedObject["birth"], policy: Partial<Policy> = {}) =>
    planned(
      "eea_ch",
      {
        catalog: recordedCatalog(),
        keyTarget: "bank-se.openai.azure.com",
        storedStateRefs: ["previous_response_id"],
        objectsUsed: [{ kind: "response", id: "resp_1", birth }],
      },
      policy,
    );

  it("are refused where they were made elsewhere, and where that is not known and the unknown is refused", () => {
    for (const region of ["azure-us", "us", "global"])
      expect(used({ region, grade: "C" })).toMatchObject({
        kind: "refuse",
        reason: "resource_born_elsewhere",
      });
    expect(used(null, { onUnknown: "refuse" })).toMatchObject({ reason: "resource_birth_unknown" });
    expect(used(null)).toMatchObject({ kind: "send", wouldBlock: null });
    expect(used({ region: "azure-se", grade: "C" }, { onUnknown: "refuse" }).kind).toBe("send");
  });
});

describe("what is cached beyond memory", () => {
  const british = (over: Partial<PlanInput>, policy: Partial<Policy> = {}) =>
    planned("at_rest_gb", { pin: pinnedTo("gb", { kind: "storage_only" }), ...over }, policy);

  it("is a doubt where a region stores only, asked for or not", () => {
    const careful = { onUnknown: "refuse" } as const;
    const asked = { featuresOffered: ["extended_prompt_caching"] };
    for (const over of [asked, { model: "gpt-5.5-2026-04-23" }]) {
      expect(british(over)).toMatchObject({ kind: "send", wouldBlock: null });
      expect(british(over, careful)).toMatchObject({ kind: "refuse", reason: "scope_unknown" });
    }
    expect(british({}, careful).kind).toBe("send");
  });

  it("is left to the endpoint's row where a catalog has none of it", () => {
    const features = openaiCatalog.features.filter(({ id }) => id !== "extended_prompt_caching");
    const over = { featuresOffered: ["extended_prompt_caching"], catalog: { ...openaiCatalog, features } };
    expect(planned("eea_ch_strict", { relayCountry: "DE", ...over }).kind).toBe("send");
  });
});

describe("where a call goes", () => {
  it.each([
    ["eea_ch", "policy", "eu.api.openai.com", "eu"],
    ["eea_ch", "eu", "eu.api.openai.com", "eu"],
    ["eea_ch", "EU.api.openai.com:443", "eu.api.openai.com", "eu"],
    ["eea_ch", "mtls-eu.api.openai.com", "mtls-eu.api.openai.com", "eu"],
    ["us_global_accepted", "policy", "us.api.openai.com", "us"],
    ["us_global_accepted", "global", "api.openai.com", "global"],
    ["no_location_requirement", "policy", "api.openai.com", "global"],
    ["no_location_requirement", "jp", "jp.api.openai.com", "jp"],
    ["at_rest_gb", "policy", "gb.api.openai.com", "gb"],
  ] as const)("%s with target %s: %s", (id, keyTarget, host, intendedRegion) => {
    expect(planned(id, { keyTarget, pin: unknownPin })).toEqual({
      kind: "send",
      host,
      intendedRegion,
      wouldBlock: null,
    });
  });

  it("lets the request's target override the key's", () => {
    const sent = planned("no_location_requirement", { keyTarget: "us", requestedTarget: "eu" });
    expect(sent).toMatchObject({ kind: "send", host: "eu.api.openai.com" });
  });

  it("refuses a host outside policy before it is dialled, and still names the region that was meant", () => {
    for (const target of ["global", "us", "api.openai.com"]) {
      expect(planned("eea_ch", { requestedTarget: target })).toMatchObject({
        kind: "refuse",
        code: "region_blocked",
        reason: "host_out_of_region",
        intendedRegion: "eu",
      });
    }
  });

  it("dials it in observe mode, and records what block would have done", () => {
    const sent = planned("eea_ch", { keyTarget: "api.openai.com", pin: globalPin }, observing);
    expect(sent).toMatchObject({
      kind: "send",
      host: "api.openai.com",
      intendedRegion: "eu",
      wouldBlock: { code: "region_blocked", reason: "host_out_of_region" },
    });
  });

  it("blocks from the instant on which observing ends", () => {
    const policy = { enforcement: { mode: "observe", until: "2026-11-22T09:00:00Z" } } as const;
    expect(planned("eea_ch", { keyTarget: "global" }, policy).kind).toBe("refuse");
    const before = { keyTarget: "global", at: "2026-11-22T08:59:59.999Z" };
    expect(planned("eea_ch", before, policy).kind).toBe("send");
  });

  it.each([
    ["api.openai.eu", "host_lookalike"],
    ["eu2.api.openai.com", "host_unclassified"],
    ["llm.bank.example", "host_unknown"],
    ["mars", "host_unknown"],
    ["", "host_unknown"],
  ])("refuses the unknown target %j, even while observing and without a requirement", (target, reason) => {
    for (const id of ["eea_ch", "no_location_requirement"] as const) {
      expect(planned(id, { keyTarget: target }, observing)).toMatchObject({
        kind: "refuse",
        code: "unknown_target",
        reason,
      });
    }
  });

  it.each(["uk", "mars", "", "llm.bank.example", "ZZ", "nonsense value"])(
    "names no host for %j, which is none, though it keeps what was asked for",
    (target) => {
      expect(planned("eea_ch", { requestedTarget: target })).toMatchObject({
        kind: "refuse",
        host: target,
        namedHost: null,
        intendedRegion: "eu",
      });
    },
  );

  it.each([
    ["uk", "the region code for United Kingdom is gb"],
    ["UK", "the region code for United Kingdom is gb"],
    ["DE", "is eu"],
  ])("suggests the region to whoever asks for %s", (target, words) => {
    const refused = planned("eea_ch", { requestedTarget: target });
    expect(refused.kind === "refuse" && refused.message.toLowerCase()).toContain(words.toLowerCase());
  });

  it("repeats no free text in a refusal", () => {
    const refused = planned("eea_ch", { requestedTarget: "my secret <b>plan</b>" });
    expect(refused.kind === "refuse" && refused.message).not.toContain("secret");
  });

  it.each([
    ["policy", "eu.api.openai.com"],
    [" POLICY ", "eu.api.openai.com"],
    ["global", "api.openai.com"],
    ["us", "us.api.openai.com"],
    ["us.api.openai.com", "us.api.openai.com"],
  ])("reads the requested target %j like the key's", (target, host) => {
    for (const over of [{ requestedTarget: target, keyTarget: "jp" }, { keyTarget: target }])
      expect(planned("eea_ch", over, observing).host).toBe(host);
  });

  it("names the documented host to whoever asks for a lookalike", () => {
    const refused = planned("eea_ch", { requestedTarget: "api.openai.eu" });
    expect(refused).toMatchObject({ message: expect.stringContaining("eu.api.openai.com") });
  });

  it("dials a host that an admin admitted", () => {
    const custom = { customHosts: ["llm.bank.example"] };
    expect(planned("eea_ch", { keyTarget: "llm.bank.example" }, custom)).toMatchObject({
      kind: "send",
      host: "llm.bank.example",
      intendedRegion: "eu",
    });
  });
});

describe("routing by the subject's country", () => {
  const world = {
    kind: "countries",
    countries: ["US", ...openaiCatalog.regions.flatMap(({ countries }) => countries)],
  } as const;
  const policy: Partial<Policy> = {
    claims: { ...preset("eea_ch").policy.claims, inference: world, storage: world },
    routing: { kind: "by_subject_country", map: { US: "us", DE: "eu" } },
  };

  it.each([
    ["US", "us.api.openai.com"],
    ["us", "us.api.openai.com"],
    ["DE", "eu.api.openai.com"],
    ["FR", "eu.api.openai.com"],
    [null, "eu.api.openai.com"],
    ["constructor", "eu.api.openai.com"],
  ])("sends a subject in %s to %s", (subjectCountry, host) => {
    expect(planned("eea_ch", { subjectCountry, pin: unknownPin }, policy)).toMatchObject({
      kind: "send",
      host,
    });
  });

  it("refuses a target that is allowed, but not for this subject", () => {
    expect(planned("eea_ch", { subjectCountry: "DE", requestedTarget: "us" }, policy)).toMatchObject({
      kind: "refuse",
      code: "region_blocked",
      reason: "subject_region_mismatch",
    });
  });
});

describe("what a body may ask for", () => {
  it.each([
    ["a model nobody lists", { model: "gpt-9" }, "model_not_eligible", "model_not_eligible"],
    [
      "an endpoint that is absent",
      { endpoint: "/v1/conversations" },
      "endpoint_not_eligible",
      "endpoint_not_eligible",
    ],
    ["an MCP server", { featuresOffered: ["mcp"] }, "feature_not_eligible", "third_party_tool"],
    [
      "fast mode of a model without it",
      { model: "gpt-6-astra", serviceTier: "fast" },
      "service_tier_not_eligible",
      "service_tier_not_eligible",
    ],
  ])("refuses %s in Europe", (_name, over, code, reason) => {
    expect(planned("eea_ch", over)).toMatchObject({ kind: "refuse", code, reason });
    expect(planned("eea_ch", over, observing)).toMatchObject({ kind: "send", wouldBlock: { code, reason } });
  });

  it.each([
    ["an alias", { model: "gpt-4o" }],
    ["a model that was not read", { model: null }],
    ["a path without a row", { endpoint: null }],
    ["a body that could not be read", { model: null, requestBody: "unread" as const }],
    ["a stored response under an unknown pin", { endpoint: "/v1/responses", pin: unknownPin }],
  ])("sends %s where the policy sends what is unknown, and refuses it where not", (_name, over) => {
    expect(planned("eea_ch", over)).toMatchObject({ kind: "send", wouldBlock: null });
    expect(planned("eea_ch", over, { onUnknown: "refuse" }).kind).toBe("refuse");
  });

  it("asks of a body that is still coming only what is known of it, and of no body nothing", () => {
    for (const requestBody of ["coming", "none"] as const) {
      const over = { endpoint: "/v1/audio/transcriptions", model: null, requestBody };
      expect(planned("eea_ch", over, { models: ["whisper-1"], onUnknown: "refuse" }).kind).toBe("send");
    }
  });

  it("a path of which nobody knows what it does goes by what the policy says of the unknown, wherever it goes", () => {
    const odd = { endpoint: null, model: null, requestBody: "none" as const, unknownOperation: true };
    const refusing = { onUnknown: "refuse" as const };
    expect(planned("no_location_requirement", odd)).toMatchObject({ kind: "send", wouldBlock: null });
    expect(planned("no_location_requirement", odd, refusing)).toMatchObject({
      kind: "refuse",
      code: "endpoint_not_eligible",
      reason: "endpoint_unlisted",
    });
    expect(planned("eea_ch", odd)).toMatchObject({ kind: "send", wouldBlock: null });
  });

  it("asks nothing of the body of a call that carries no content, but its host", () => {
    const list = { endpoint: null, model: null, carriesContent: false };
    expect(planned("eea_ch_strict", list)).toMatchObject({ kind: "send" });
    expect(planned("eea_ch_strict", { ...list, requestedTarget: "global" }).kind).toBe("refuse");
  });

  it("refuses nothing about places where no place is asked for, or the global host is accepted", () => {
    const odd = { model: "gpt-9", endpoint: "/v1/conversations", pin: unknownPin };
    expect(planned("no_location_requirement", odd)).toMatchObject({ kind: "send", wouldBlock: null });
    expect(planned("us_global_accepted", odd)).toMatchObject({ kind: "send", wouldBlock: null });
    expect(planned("us_regional", odd).kind).toBe("refuse");
  });

  it("holds the policy's own list of models against every host", () => {
    const models = { models: ["gpt-4o"] };
    expect(planned("no_location_requirement", {}, models).kind).toBe("send");
    expect(planned("no_location_requirement", { model: "gpt-4o" }, models).kind).toBe("send");
    expect(planned("no_location_requirement", { model: "gpt-4o-mini" }, models)).toMatchObject({
      kind: "refuse",
      code: "model_not_eligible",
    });
  });
});

describe("the relay", () => {
  it("is held against a policy that restricts it", () => {
    expect(planned("eea_ch_strict", { relayCountry: "DE" }).kind).toBe("send");
    const outside = planned("eea_ch_strict", { relayCountry: "US" });
    expect(outside).toMatchObject({
      kind: "refuse",
      code: "region_blocked",
      reason: "relay_out_of_region",
      message: expect.stringContaining("attested for US"),
    });
    expect(planned("eea_ch_strict", { relayCountry: null })).toMatchObject({
      kind: "refuse",
      reason: "content_path_not_observed",
      message: expect.stringContaining("DOMICILE_RELAY_COUNTRY"),
    });
  });

  it("that nobody attested is sent where the policy sends what is unknown, one outside never", () => {
    const sends = { onUnknown: "send" } as const;
    expect(planned("eea_ch_strict", { relayCountry: null }, sends).kind).toBe("send");
    expect(planned("eea_ch_strict", { relayCountry: "US" }, sends).kind).toBe("refuse");
  });

  it("is recorded while the policy observes, and asked about nothing else", () => {
    expect(planned("eea_ch_strict", { relayCountry: null }, observing)).toMatchObject({
      kind: "send",
      wouldBlock: { reason: "content_path_not_observed" },
    });
    for (const relayCountry of ["US", null] as const) {
      expect(planned("eea_ch", { relayCountry }).kind).toBe("send");
      expect(planned("eea_ch_strict", { relayCountry, carriesContent: false }).kind).toBe("send");
    }
  });
});

describe("what cannot be read or was stored before", () => {
  it.each([
    ["background", "endpoint_not_eligible"],
    ["store", "endpoint_not_eligible"],
    ["model", "model_not_eligible"],
    ["service_tier", "service_tier_not_eligible"],
    ["tools", "feature_not_eligible"],
    ["input", "feature_not_eligible"],
  ])("refuses an unreadable %s wherever a place is demanded", (field, code) => {
    const over = { unreadable: [field] };
    const reason = "content_path_not_observed";
    expect(planned("eea_ch", over)).toMatchObject({
      kind: "refuse",
      code,
      reason,
      message: expect.stringContaining(field),
    });
    expect(planned("eea_ch", over, observing)).toMatchObject({ kind: "send", wouldBlock: { code, reason } });
    expect(planned("no_location_requirement", over)).toMatchObject({ kind: "send", wouldBlock: null });
  });

  it("refuses a value that could hide what the policy denies, wherever the call goes", () => {
    const over = { unreadable: ["model", "tools"] };
    expect(planned("no_location_requirement", over, { models: [listedModel] }).kind).toBe("refuse");
    expect(planned("no_location_requirement", over, { deniedFeatures: ["mcp"] }).kind).toBe("refuse");
  });

  it("sends what uses a stored object, and refuses it where the policy refuses what is unknown", () => {
    const over: Partial<PlanInput> = {
      endpoint: "/v1/responses",
      store: { said: true, value: false },
      storedStateRefs: ["previous_response_id"],
    };
    expect(planned("eea_ch", over).kind).toBe("send");
    expect(planned("eea_ch", over, { onUnknown: "refuse" })).toMatchObject({
      kind: "refuse",
      reason: "resource_birth_unknown",
    });
    expect(planned("eea_ch", { ...over, pin: unknownPin }, { onUnknown: "refuse" })).toMatchObject({
      reason: "pin_unknown",
    });
  });
});

describe("pins", () => {
  it("are required by the strict policy: unknown and global projects are refused", () => {
    expect(planned("eea_ch_strict").kind).toBe("send");
    expect(planned("eea_ch_strict", { pin: unknownPin })).toMatchObject({
      code: "pin_required",
      reason: "pin_unknown",
    });
    expect(planned("eea_ch_strict", { pin: globalPin })).toMatchObject({
      code: "pin_required",
      reason: "provider_global_profile",
    });
  });

  it("of a project that stores only refuse inference that must stay", () => {
    const pin = pinnedTo("in", { kind: "storage_only" });
    expect(planned("india", { pin })).toMatchObject({
      kind: "refuse",
      code: "pin_required",
      reason: "pin_storage_only",
    });
  });

  it("that are unknown let plain inference through, which the host covers", () => {
    expect(planned("eea_ch", { pin: unknownPin })).toMatchObject({ kind: "send", wouldBlock: null });
  });
});

describe("the lines of a batch", () => {
  const line = (model: string | null, features: readonly string[] = []) => ({
    endpoint: "/v1/responses",
    model,
    features,
    count: 1,
  });
  const batch = { endpoint: "/v1/batches", model: null };

  it("stand for the model that the batch itself does not name", () => {
    expect(planned("eea_ch", { ...batch, batchLines: [line(listedModel)] }).kind).toBe("send");
  });

  it("stop the batch where one of them asks for what the policy or the catalog refuses", () => {
    const refused = planned("eea_ch", { ...batch, batchLines: [line(listedModel), line("gpt-9")] });
    expect(refused).toMatchObject({ kind: "refuse", code: "model_not_eligible" });
    expect(refused).toHaveProperty("message", expect.stringMatching(/^A line of the batch is refused\./));
    const tool = planned("eea_ch", { ...batch, batchLines: [line(listedModel, ["mcp"])] });
    expect(tool).toMatchObject({ kind: "refuse", reason: "third_party_tool" });
  });

  it("are told, and not stopped, while the policy observes", () => {
    const watched = planned("eea_ch", { ...batch, batchLines: [line("gpt-9")] }, observing);
    expect(watched).toMatchObject({ kind: "send", wouldBlock: { code: "model_not_eligible" } });
  });
});

describe("objects that the provider keeps", () => {
  const used = (region: string | null) => ({
    endpoint: "/v1/responses",
    storedStateRefs: ["previous_response_id"],
    objectsUsed: [
      {
        kind: "response" as const,
        id: "resp_1",
        birth: region === null ? null : { region, grade: "C" as const },
      },
    ],
  });

  it("stop a call before it leaves where one was born elsewhere", () => {
    expect(planned("eea_ch", used("eu")).kind).toBe("send");
    for (const region of ["us", "global"])
      expect(planned("eea_ch", used(region))).toMatchObject({
        kind: "refuse",
        reason: "resource_born_elsewhere",
      });
  });

  it("of unknown birth go as the policy says of what is unknown", () => {
    expect(planned("eea_ch", used(null), { onUnknown: "send" }).kind).toBe("send");
    expect(planned("eea_ch", used(null), { onUnknown: "refuse" })).toMatchObject({
      reason: "resource_birth_unknown",
    });
  });
});
