import { expect, it } from "vitest";
import { type MatrixQuestion, matrixCell } from "./matrix-cell.ts";
import { openaiCatalog } from "./openai-catalog.ts";

const ask = (model: string, region: string, over: Partial<MatrixQuestion> = {}) =>
  matrixCell({ model, region, claim: "processing", endpoint: null, feature: null, ...over }, openaiCatalog);

it.each([
  ["gpt-4o-2024-08-06", "eu", {}, "yes"],
  ["gpt-4o-2024-08-06", "gb", {}, "no"],
  ["gpt-4o-2024-08-06", "gb", { claim: "storage" }, "yes"],
  ["gpt-4o-2024-08-06", "jp", {}, "unknown"],
  ["gpt-4o-2024-08-06", "eu", { endpoint: "/v1/embeddings" }, "unlisted"],
  ["gpt-4o-2024-08-06", "eu", { feature: "file_upload" }, "no"],
  ["gpt-4o-2024-08-06", "eu", { feature: "file_search" }, "yes"],
  ["gpt-5.5-2026-04-23", "ae", { endpoint: "/v1/chat/completions" }, "yes"],
  ["gpt-4o", "eu", {}, "unknown"],
  ["gpt-4o", "gb", {}, "no"],
  ["gpt-4o", "ae", { endpoint: "/v1/chat/completions" }, "no"],
  ["gpt-5-pro", "eu", { endpoint: "/v1/chat/completions" }, "unlisted"],
  ["gpt-5.5-2026-04-23", "gb", { claim: "storage" }, "unknown"],
  ["gpt-5.5-2026-04-23", "eu", { claim: "storage" }, "yes"],
  ["gpt-9", "eu", {}, "unlisted"],
  ["ft:gpt-4o-2024-08-06:bank::x", "eu", {}, "unknown"],
] as const)("%s in %s with %j: %s", (model, region, over, state) => {
  expect(ask(model, region, over).state).toBe(state);
});

it("shows every statement the answer rests on, and what narrows it", () => {
  const { parts, caveats } = ask("gpt-6-astra", "eu", { endpoint: "/v1/responses", feature: "mcp" });
  expect(parts.map(({ what, cell }) => [what, cell?.state])).toEqual([
    ["model", "yes"],
    ["endpoint", "yes"],
    ["feature", "yes"],
  ]);
  expect(caveats).toEqual([
    "Content leaves to a third party, whose place nobody promises.",
    "Not with service tier fast, priority, ultrafast.",
  ]);
  expect(ask("gpt-4o", "eu").caveats).toEqual([
    "An undated name: which snapshot answers is known from the answer alone.",
  ]);
  const excluded = ask("gpt-4o", "ae", { endpoint: "/v1/chat/completions" });
  expect(excluded.caveats).toEqual([
    "An undated name, and no listed snapshot of it is eligible, so whatever answers is not.",
  ]);
  expect(excluded.parts.map(({ what, name, cell }) => [what, name, cell?.state])).toEqual([
    ["model", "gpt-4o-2024-11-20", "no"],
    ["model", "gpt-4o-2024-08-06", "no"],
    ["endpoint", "/v1/chat/completions", "yes"],
  ]);
  const cached = ask("gpt-5.5-2026-04-23", "gb", { claim: "storage" });
  expect(cached.parts.map(({ name, cell }) => [name, cell?.state])).toEqual([
    ["gpt-5.5-2026-04-23", "yes"],
    ["Extended prompt caching", "unknown"],
  ]);
  expect(cached.caveats).toEqual(["Uses extended prompt caching whether or not the request asks for it."]);
});
