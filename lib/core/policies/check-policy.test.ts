import { describe, expect, it } from "vitest";
import type { Grade } from "../calls/evidence.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, judged, pinnedTo, preset } from "../testing/case.ts";
import { bestGrade } from "./check-evidence.ts";
import { policyProblems } from "./check-policy.ts";
import { comparePolicies } from "./compare-policies.ts";
import { explainPolicy } from "./explain-policy.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Policy, PresetId, Requirement, RestrictableClaim } from "./policy.ts";
import { presets } from "./presets.ts";
import { readPolicy } from "./read-policy.ts";
import { restrictableClaims } from "./requirements.ts";

const at = "2026-11-22T09:00:00.000Z";

function changed(id: PresetId, over: Partial<Policy> = {}): Policy {
  return preset(id, over).policy;
}

function within(...countries: string[]): Requirement {
  return { kind: "countries", countries };
}

function inferenceIn(...countries: string[]): Policy {
  const policy = changed("us_regional");
  return {
    ...policy,
    claims: { ...policy.claims, inference: within(...countries), storage: { kind: "any" } },
  };
}

function relayIn(...countries: string[]): Policy {
  const policy = changed("eea_ch");
  return { ...policy, claims: { ...policy.claims, relay: within(...countries) } };
}

function graded(id: PresetId, claim: RestrictableClaim, grade: Grade): Policy {
  const policy = changed(id);
  return { ...policy, minimumGrade: { ...policy.minimumGrade, [claim]: grade } };
}

/** Inference and storage in Europe and the United Kingdom, where OpenAI stores and does not process. */
function routed(map: Readonly<Record<string, string>>): Policy {
  const policy = changed("eea_ch", { preset: "custom" });
  const { inference } = policy.claims;
  const wide = within(...(inference.kind === "countries" ? inference.countries : []), "GB");
  const claims = { ...policy.claims, inference: wide, storage: wide };
  return { ...policy, claims, routing: { kind: "by_subject_country", map } };
}

const problems = (policy: Policy) => policyProblems(policy, openaiCatalog, at);
const messages = (policy: Policy) => problems(policy).map(({ message }) => message);

describe("policyProblems", () => {
  it("finds none in any preset", () => {
    for (const { id } of presets) expect(problems(changed(id))).toEqual([]);
  });

  it.each([
    [["GB"], "OpenAI lists no processing in the United Kingdom."],
    [["CA"], "OpenAI lists no processing in Canada."],
    [["GB", "CA"], "OpenAI lists no processing in the United Kingdom or Canada."],
    [["DE"], "OpenAI lists no region that stays within DE."],
    [["BR", "CL"], "OpenAI lists no region that stays within BR or CL."],
  ])("refuses inference in %j, which no region can meet", (countries, message) => {
    expect(messages(inferenceIn(...countries))).toContain(message);
  });

  it("refuses the Union without Switzerland, Iceland and Norway: the region is wider", () => {
    const union = openaiCatalog.regions
      .find(({ code }) => code === "eu")
      ?.countries.filter((country) => !["CH", "IS", "LI", "NO"].includes(country));
    expect(messages(inferenceIn(...(union ?? [])))).toContain(
      "OpenAI lists no region that stays within the European Union.",
    );
  });

  it("refuses an end of TLS where OpenAI states none", () => {
    const policy = changed("at_rest_gb");
    const claims = { ...policy.claims, ingress: within("GB") };
    expect(messages({ ...policy, claims })).toContain("OpenAI lists no end of TLS in the United Kingdom.");
  });

  it("refuses claims that each can be met, and never together", () => {
    const policy = changed("us_regional");
    const claims = { ...policy.claims, inference: within("US"), storage: within("GB") };
    expect(messages({ ...policy, claims })).toContain(
      "No region of OpenAI lies within all of these countries at once.",
    );
  });

  it.each([
    ["homeRegion", changed("eea_ch", { homeRegion: "us" })],
    ["homeRegion", changed("eea_ch", { homeRegion: "mars" })],
    ["homeRegion", changed("no_location_requirement", { homeRegion: null, global: { allowed: false } })],
    ["global.acceptance", changed("us_global_accepted", { global: { allowed: true, acceptance: null } })],
    ["inferenceElsewhere", changed("at_rest_gb", { inferenceElsewhere: null })],
    ["requirePin", changed("us_global_accepted", { requirePin: true })],
    ["enforcement.until", changed("eea_ch", { enforcement: { mode: "observe", until: null } })],
    ["enforcement.until", changed("eea_ch", { enforcement: { mode: "observe", until: at } })],
    ["customHosts.0", changed("eea_ch", { customHosts: ["api.openai.eu"] })],
    ["customHosts.0", changed("eea_ch", { customHosts: ["api.openai.com"] })],
    ["customHosts.0", changed("eea_ch", { customHosts: ["eu2.api.openai.com"] })],
    ["routing.map.US", changed("eea_ch", { routing: { kind: "by_subject_country", map: { US: "us" } } })],
    [
      "minimumGrade.inference",
      changed("eea_ch", { minimumGrade: { ...changed("eea_ch").minimumGrade, inference: "A" } }),
    ],
    ["claims.inference", inferenceIn()],
    ["claims.relay", relayIn()],
    ["claims.relay", relayIn("UK")],
    ["claims.relay", relayIn("DE", "EU")],
    ["claims.inference", inferenceIn("US", "ZZ")],
    ["minimumGrade.relay", graded("eea_ch_strict", "relay", "D")],
    ["minimumGrade.ingress", graded("eea_ch", "ingress", "B")],
    ["minimumGrade.ingress", graded("no_location_requirement", "ingress", "B")],
    ["routing.map.UK", routed({ UK: "eu" })],
    ["routing.map.GB", routed({ GB: "gb" })],
    ["inferenceElsewhere", changed("at_rest_gb", { preset: "custom", inferenceElsewhere: null })],
  ])("names the field %s", (field, policy) => {
    expect(problems(policy).map((problem) => problem.field)).toContain(field);
  });

  it("asks of evidence what can be had, and no more", () => {
    expect(problems(graded("eea_ch", "inference", "B"))).toEqual([]);
    expect(messages(graded("eea_ch", "inference", "A")).join()).toContain("B is the best there is");
    expect(problems(graded("eea_ch", "relay", "C"))).toEqual([]);
    for (const { id } of presets)
      for (const claim of restrictableClaims)
        expect(problems(graded(id, claim, bestGrade[claim]))).toEqual([]);
  });

  it("lets no call be cleared where it finds the evidence asked for too strong, and some where it does not", () => {
    const verdict = (claim: RestrictableClaim, grade: Grade) => {
      const policy = preset("eea_ch_strict", graded("eea_ch_strict", claim, grade));
      const pin = { ...pinnedTo("eu"), source: "admin_api" as const, projectId: "proj_a" };
      const attempt = dialled("eu.api.openai.com");
      const echo = { ...attempt.echo, projectId: "proj_a", edgeCode: "FRA" };
      const facts = chat({ relayCountry: "DE" });
      return judged({ policy, facts, pin, attempt: { ...attempt, echo } }).verdict;
    };
    for (const claim of ["relay", "ingress", "inference", "storage"] as const) {
      const best = "ABCDE".indexOf(bestGrade[claim]);
      expect([claim, verdict(claim, bestGrade[claim])]).toEqual([claim, "compliant"]);
      expect(verdict(claim, "ABCDE"[best - 1] as Grade)).toBe("unverifiable");
    }
  });

  it("refuses a route that no call could take, in the words of what is missing there", () => {
    expect(messages(routed({ GB: "gb" }))).toEqual([
      "OpenAI lists no processing in the United Kingdom, so every call that is routed there would be refused.",
    ]);
    const global = { allowed: true, acceptance: changed("at_rest_gb").inferenceElsewhere ?? null } as const;
    expect(problems({ ...routed({ GB: "gb" }), global })).toEqual([]);
    expect(problems(routed({ DE: "eu" }))).toEqual([]);
  });

  it("asks for the acceptance of inference elsewhere by what the policy says, whatever its name", () => {
    const own = { preset: "custom", inferenceElsewhere: null } as const;
    expect(problems(changed("eea_ch", own))).toEqual([]);
    const { claims } = changed("eea_ch");
    const open = changed("eea_ch", { ...own, claims: { ...claims, inference: { kind: "any" } } });
    expect(problems(open).map(({ field }) => field)).toEqual(["inferenceElsewhere"]);
  });

  it("refuses codes of no country on writing, and reads them in what is stored", () => {
    const stored = { ...routed({ UK: "eu" }), claims: relayIn("UK").claims };
    expect(parsePolicy(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
    expect(messages(stored)).toContain("No country has the code UK. The United Kingdom is GB, not UK.");
  });

  it.each([
    ["2026-11-22", false],
    ["2026-11-23", true],
    ["2027-11-22", true],
    ["2027-11-23", false],
    ["2027-02-29", false],
    ["2027-02-30", false],
  ])("takes a review on %s: %s", (reviewOn, fine) => {
    const acceptance = { acceptedBy: "M. Roth", reason: "No promise is made to these customers.", reviewOn };
    const policy = changed("us_global_accepted", { global: { allowed: true, acceptance } });
    expect(problems(policy).length === 0).toBe(fine);
    expect(policyProblems(policy, openaiCatalog)).toEqual([]);
  });
});

describe("readPolicy", () => {
  const json = (policy: Policy): Record<string, unknown> => JSON.parse(JSON.stringify(policy));

  it("reads back what every preset stores, exactly", () => {
    for (const { id } of presets) {
      for (const over of [
        {},
        { enforcement: { mode: "observe", until: "2027-11-22T00:00:00.000Z" } } as const,
      ]) {
        const policy = changed(id, over);
        expect(readPolicy(json(policy))).toEqual({ ok: true, policy });
        expect(parsePolicy(json(policy))).toEqual(policy);
      }
    }
  });

  it("reads lists, routing and unaccepted global hosts", () => {
    const policy = changed("no_location_requirement", {
      customHosts: ["llm.bank.example"],
      models: ["gpt-4o"],
      deniedFeatures: ["mcp"],
      routing: { kind: "by_subject_country", map: { DE: "eu" } },
      global: { allowed: true, acceptance: null },
    });
    expect(parsePolicy(json(policy))).toEqual(policy);
  });

  it.each([
    ["tenant", { tenant: "x" }],
    ["preset", { preset: "eu_please" }],
    ["homeRegion", { homeRegion: "EU" }],
    ["claims.inference.kind", { claims: { ...changed("eea_ch").claims, inference: "any" } }],
    ["claims.relay", { claims: { inference: { kind: "any" } } }],
    ["claims.storage.countries.0", { claims: { ...changed("eea_ch").claims, storage: within("de") } }],
    ["claims.storage.countries", { claims: { ...changed("eea_ch").claims, storage: within("DE", "DE") } }],
    [
      "claims.storage.hosts",
      { claims: { ...changed("eea_ch").claims, storage: { ...within("DE"), hosts: [] } } },
    ],
    ["global.allowed", { global: { allowed: "yes" } }],
    ["global.acceptance", { global: { allowed: false, acceptance: null } }],
    [
      "global.acceptance.reviewOn",
      {
        global: {
          allowed: true,
          acceptance: { acceptedBy: "M. Roth", reason: "r".repeat(20), reviewOn: "2027-13-01" },
        },
      },
    ],
    [
      "global.acceptance.reason",
      {
        global: {
          allowed: true,
          acceptance: { acceptedBy: "M. Roth", reason: "short", reviewOn: "2027-01-01" },
        },
      },
    ],
    ["customHosts.0", { customHosts: ["https://x.example"] }],
    ["models", { models: "all" }],
    ["minimumGrade.inference", { minimumGrade: { ...changed("eea_ch").minimumGrade, inference: "F" } }],
    ["requirePin", { requirePin: 1 }],
    ["onUnknown", { onUnknown: "maybe" }],
    ["enforcement.mode", { enforcement: { mode: "warn" } }],
    ["enforcement.until", { enforcement: { mode: "observe", until: "tomorrow" } }],
    ["enforcement.until", { enforcement: { mode: "block", until: null } }],
    ["routing.map.de", { routing: { kind: "by_subject_country", map: { de: "eu" } } }],
  ])("refuses a wrong %s and names it", (field, over) => {
    const reading = readPolicy({ ...json(changed("eea_ch")), ...over });
    expect(reading.ok).toBe(false);
    if (!reading.ok) expect(reading.problems.map((problem) => problem.field)).toContain(field);
  });

  it("names a field that is missing, and takes nothing that is no object", () => {
    const { requirePin: _left, ...rest } = json(changed("eea_ch"));
    const reading = readPolicy(rest);
    expect(reading.ok ? [] : reading.problems).toContainEqual({
      field: "requirePin",
      message: "This field is missing.",
    });
    for (const odd of [null, undefined, "x", 3, [], [{}]]) expect(readPolicy(odd).ok).toBe(false);
    expect(() => parsePolicy({})).toThrow("A stored policy cannot be read.");
  });
});

describe("explainPolicy", () => {
  it("says that gateways need an attested country where the relay is restricted, and only there", () => {
    const said = (id: PresetId, over: Partial<Policy> = {}) =>
      explainPolicy(changed(id, over), openaiCatalog).filter((text) =>
        text.includes("DOMICILE_RELAY_COUNTRY"),
      );
    expect(said("eea_ch_strict")).toEqual([expect.stringContaining("every call is refused")]);
    expect(said("eea_ch_strict", { onUnknown: "send" })).toEqual([expect.stringContaining("be cleared")]);
    expect(said("eea_ch")).toEqual([]);
  });

  it("explains and compares a policy whose home the catalog has no more, as it stood then", () => {
    const regions = openaiCatalog.regions.filter(({ code }) => code !== "gb");
    const catalog = { ...openaiCatalog, regions };
    expect(explainPolicy(changed("at_rest_gb"), catalog)[0]).toBe(
      "Calls go to gb, a region the catalog has no more, unless a target is asked for.",
    );
    const { changes } = comparePolicies(changed("at_rest_gb"), changed("eea_ch"), catalog);
    expect(changes.map(({ sentence }) => sentence)).toContain(
      "Calls that ask for no target go to eu.api.openai.com instead of gb, a region the catalog has no more.",
    );
  });

  it("says where calls go that a map of countries does not name", () => {
    const [home] = explainPolicy(routed({ DE: "eu", ES: "eu" }), openaiCatalog);
    expect(home).toContain("(DE to eu, ES to eu)");
    expect(home).toContain(
      "Those for any other country, and those that declare none, go to eu.api.openai.com",
    );
  });

  it("speaks of pins only where a place is demanded", () => {
    const pins = (id: PresetId) =>
      explainPolicy(changed(id), openaiCatalog).filter((sentence) => /\bpin|\bpinned/.test(sentence));
    expect(pins("no_location_requirement")).toEqual([]);
    expect(pins("us_global_accepted")).toEqual([]);
    expect(pins("eea_ch")).toHaveLength(1);
    expect(pins("eea_ch_strict")).toHaveLength(1);
  });

  it("says in sentences what the European preset asks for, and its limit", () => {
    const sentences = explainPolicy(changed("eea_ch"), openaiCatalog);
    expect(sentences).toContain("Inference must be promised for Europe (EEA and Switzerland).");
    expect(sentences).toContain(
      "Files are within policy. Limit: OpenAI lists no regional processing for file handling.",
    );
    expect(sentences).toContain(
      "Allowed hosts: eu.api.openai.com, mtls-eu.api.openai.com, spaincentral.privatelink.api.openai.com. The global host is outside policy.",
    );
  });

  it("prints who accepted what, and until when", () => {
    expect(explainPolicy(changed("us_global_accepted"), openaiCatalog).join("\n")).toContain(
      "was accepted by M. Roth, to be reviewed on 2027-06-01: No promise",
    );
    expect(explainPolicy(changed("at_rest_gb"), openaiCatalog).join("\n")).toContain(
      "That inference runs elsewhere",
    );
  });

  it("promises no place where none is asked for", () => {
    const sentences = explainPolicy(changed("no_location_requirement"), openaiCatalog);
    expect(sentences).toContain("No place is asked for: calls are permitted, location not promised.");
  });

  it("is made of whole sentences for every preset", () => {
    for (const { id } of presets) {
      for (const sentence of explainPolicy(changed(id), openaiCatalog))
        expect(sentence).toMatch(/^[A-Z].*\.$/s);
    }
  });
});
