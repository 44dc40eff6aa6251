import { describe, expect, it } from "vitest";
import type { Catalog } from "./catalog.ts";
import {
  featuresOfModel,
  findEndpoint,
  findFeature,
  isSnapshotOf,
  isSnapshotOfListed,
  modelProcessing,
  modelStorage,
  readModelName,
  takesModel,
  tierEligibility,
} from "./eligibility.ts";
import { openaiCatalog } from "./openai-catalog.ts";

const responses = "/v1/responses";

function processing(model: string, path: string, region: string, catalog: Catalog = openaiCatalog) {
  const endpoint = findEndpoint(path, catalog);
  if (endpoint === null) throw new Error(`No row for ${path}.`);
  return modelProcessing(model, endpoint, region, catalog);
}

describe("model names", () => {
  it.each([
    ["gpt-4o-2024-08-06", "listed"],
    ["gpt-4o", "alias"],
    ["gpt-4", "alias"],
    ["o1-pro", "listed"],
    ["gpt-6-astra", "listed"],
    ["gpt-4o-2024-05-13", "unlisted"],
    ["gpt", "unlisted"],
    ["gpt-4o-mini-2024-07-1", "unlisted"],
    ["", "unlisted"],
    ["ft:gpt-4o-2024-08-06:bank::x", "fine_tuned"],
  ])("%j is %s", (model, kind) => {
    expect(readModelName(model, openaiCatalog).kind).toBe(kind);
  });

  it("take only an alias and a date for a snapshot of it", () => {
    expect(isSnapshotOf("gpt-4o-2024-08-06", "gpt-4o")).toBe(true);
    expect(isSnapshotOf("gpt-4o-mini-2024-07-18", "gpt-4o")).toBe(false);
    expect(isSnapshotOf("gpt-4o", "gpt-4o")).toBe(false);
  });
});

describe("a snapshot of a listed name", () => {
  it.each([
    ["gpt-5.6-sol-2026-07-01", "gpt-5.6-sol", true],
    ["omni-moderation-2024-09-26", "omni-moderation-latest", true],
    ["gpt-5.6-sol-mini-2026-07-01", "gpt-5.6-sol", false],
    ["gpt-4o-2027-01-01", "gpt-4o", false],
    ["gpt-5.6-sol", "gpt-5.6-sol", false],
  ])("%s of %s: %s", (answered, asked, is) => {
    expect(isSnapshotOfListed(answered, asked, openaiCatalog)).toBe(is);
  });
});

describe("modelProcessing", () => {
  it.each([
    ["gpt-4o-2024-08-06", responses, "eu", "yes"],
    ["gpt-4o-2024-08-06", responses, "gb", "no"],
    ["gpt-4o-2024-08-06", responses, "jp", "unknown"],
    ["gpt-4o-2024-08-06", "/v1/embeddings", "eu", "unlisted"],
    ["gpt-5.4-pro-2026-03-05", "/v1/chat/completions", "eu", "unlisted"],
    ["gpt-5.5-pro-2026-04-23", responses, "ae", "yes"],
    ["gpt-4o", responses, "eu", "unknown"],
    ["gpt-4o", responses, "jp", "unknown"],
    ["gpt-4o", responses, "ae", "no"],
    ["gpt-4o", responses, "gb", "no"],
    ["gpt-5.2", responses, "ae", "unknown"],
    ["gpt-5-pro", "/v1/chat/completions", "eu", "unlisted"],
    ["gpt-5-pro", responses, "eu", "unknown"],
    ["text-embedding-ada-002-v2", "/v1/embeddings", "eu", "yes"],
    ["gpt-9", responses, "eu", "unlisted"],
  ])("%s through %s in %s: %s", (model, path, region, state) => {
    expect(processing(model, path, region)).toBe(state);
  });

  it("holds a model of the region against the closed list of the endpoint", () => {
    const endpoints = openaiCatalog.endpoints.map((row) =>
      row.path === responses ? { ...row, processingModels: { ae: ["gpt-5.6-luna"] } } : row,
    );
    const catalog = { ...openaiCatalog, endpoints };
    expect(processing("gpt-5.6-luna", responses, "ae", catalog)).toBe("yes");
    expect(processing("gpt-5.2-2025-12-11", responses, "ae", catalog)).toBe("no");
  });

  it("takes a region without a cell for unknown", () => {
    expect(processing("gpt-4o-2024-08-06", responses, "mars")).toBe("unknown");
  });
});

describe("modelStorage", () => {
  it("knows the models that are stored in the United States and Europe alone", () => {
    const endpoint = findEndpoint(responses, openaiCatalog);
    if (endpoint === null) throw new Error("Responses has a row.");
    expect(modelStorage("gpt-6.1-sol", endpoint, "eu", openaiCatalog)).toBe("yes");
    expect(modelStorage("gpt-6.1-sol", endpoint, "gb", openaiCatalog)).toBe("no");
    expect(modelStorage("gpt-4o-2024-08-06", endpoint, "gb", openaiCatalog)).toBe("yes");
  });
});

describe("features", () => {
  it("of a catalog that has no row of its own for a way of using one are read by that one's row", () => {
    const older = {
      ...openaiCatalog,
      features: openaiCatalog.features.filter(({ id }) => id !== "inline_file"),
    };
    expect(findFeature("inline_file", openaiCatalog)?.id).toBe("inline_file");
    expect(findFeature("inline_file", older)?.id).toBe("file_upload");
    expect(findFeature("computer_use", older)).toBeNull();
  });

  it("of a model are known by its listed names alone", () => {
    const always = (model: string) => featuresOfModel(model, openaiCatalog).map(({ id }) => id);
    expect(always("gpt-5.5-2026-04-23")).toEqual(["extended_prompt_caching"]);
    expect(always("gpt-5.4-2026-03-05")).toEqual([]);
    expect(always("gpt-9")).toEqual([]);
  });
});

describe("tierEligibility", () => {
  it.each([
    ["gpt-6-astra", "fast", "eu", "excluded"],
    ["gpt-6-astra", "priority", "eu", "excluded"],
    ["gpt-6-astra", "default", "eu", "eligible"],
    ["gpt-6-astra", null, "eu", "unknown"],
    ["gpt-6-astra", "auto", "eu", "unknown"],
    ["gpt-6-astra", null, "us", "eligible"],
    ["gpt-6-sol", null, "eu", "eligible"],
    ["gpt-6-sol", "ultrafast", "eu", "excluded"],
    ["gpt-4o-2024-08-06", "fast", "eu", "eligible"],
  ] as const)("%s with tier %s in %s is %s", (model, tier, region, expected) => {
    expect(tierEligibility(model, tier, region, openaiCatalog)).toBe(expected);
  });
});

it("takesModel tells inference from files and vector stores", () => {
  expect(takesModel("/v1/batches", openaiCatalog)).toBe(true);
  expect(takesModel("/v1/files", openaiCatalog)).toBe(false);
  expect(takesModel(null, openaiCatalog)).toBe(false);
});
