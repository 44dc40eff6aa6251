import { expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { modelRefusal } from "./model-refusal.ts";
import { policyFromPreset } from "./presets.ts";

const at = "2026-11-22T12:00:00.000Z";
const policy = policyFromPreset("eea_ch", {
  homeRegion: "eu",
  enforcement: { mode: "block" },
  acceptance: null,
});

function words(model: string | null, regionCode = "eu", endpoint = "/v1/chat/completions", over = {}) {
  const region = openaiCatalog.regions.find(({ code }) => code === regionCode);
  if (!region) throw new Error(`No region ${regionCode}.`);
  return modelRefusal(
    { policy: { ...policy, ...over }, catalog: openaiCatalog, endpoint, model, at },
    region,
  );
}

it("names model, place, catalog, source, date, and what is listed instead", () => {
  expect(words("gpt-5.5-pro-2026-04-23")).toMatch(
    /^gpt-5\.5-pro-2026-04-23 is not listed for inference in Europe \(EEA and Switzerland\) as of catalog 1 \(OpenAI, Your data guide, .*; 2026-09-24\)\. Listed alternatives: gpt-5\.5-2026-04-23, /,
  );
  expect(words("gpt-9")).toContain("gpt-9 is not listed for inference in Europe");
});

it("offers nothing that has ended, and nothing the policy does not allow", () => {
  expect(words("gpt-4")).toBeNull();
  expect(words("gpt-4-0613x")).not.toContain("gpt-4-0613,");
  expect(words("o1-mini")).not.toMatch(/o1-2024|o3-mini-2025/);
  expect(words("gpt-9", "eu", "/v1/responses", { models: ["gpt-6-sol"] })).toContain(
    "Listed alternative: gpt-6-sol.",
  );
  expect(words("gpt-9", "eu", "/v1/responses", { models: ["gpt-9"] })).toContain("lists no alternative");
});

it("holds to the closed list of a region", () => {
  const ae = policyFromPreset("eea_ch", {
    homeRegion: "eu",
    enforcement: { mode: "block" },
    acceptance: null,
  });
  expect(words("gpt-4o-2024-08-06", "ae", "/v1/embeddings", { claims: ae.claims })).toContain(
    "Listed alternative: text-embedding-3-large.",
  );
});

it("says nothing where the catalog does not object, or nobody knows", () => {
  expect(words("gpt-6-sol")).toBeNull();
  expect(words(null)).toBeNull();
  expect(words("gpt-4o")).toBeNull();
  expect(words("gpt-4o-2024-08-06", "jp")).toBeNull();
});
