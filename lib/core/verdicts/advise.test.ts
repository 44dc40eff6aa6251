import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, preset, response } from "../testing/case.ts";
import { type AdviceQuestion, adviseCall } from "./advise.ts";
import { recordedCatalog } from "./golden/recorded-catalog.ts";

function advised(over: Partial<AdviceQuestion> = {}): string[] {
  const advice = adviseCall({
    facts: chat({ modelRequested: "gpt-5-2025-08-07", modelAnswered: "gpt-5-2025-08-07" }),
    attempts: [dialled("eu.api.openai.com")],
    policy: preset("eea_ch").policy,
    catalog: { ...openaiCatalog, models: openaiCatalog.models.map((row) => ({ ...row, shutdown: null })) },
    on: "2026-11-22",
    ...over,
  });
  return advice.map(({ kind, subject }) => `${kind} ${subject}`);
}

describe("adviseCall", () => {
  it("says nothing of a plain call", () => {
    expect(advised()).toEqual([]);
  });

  it("names tools that were offered and would not be cleared in use, and no others", () => {
    const offered = (featuresOffered: string[], over = {}) =>
      advised({ facts: response({ featuresOffered, ...over }) });
    expect(offered(["mcp", "web_search", "computer_use", "structured_outputs"])).toEqual([
      "tool_offered mcp",
      "tool_offered computer_use",
    ]);
    expect(offered(["mcp"], { featuresUsed: ["mcp"] })).toEqual([]);
    const emirates = {
      attempts: [dialled("ae.api.openai.com")],
      facts: response({ featuresOffered: ["web_search"] }),
    };
    expect(advised(emirates)).toEqual(["tool_offered web_search"]);
    expect(offered(["inline_file", "extended_prompt_caching"])).toEqual([]);
    const open = preset("no_location_requirement", { deniedFeatures: ["web_search"] }).policy;
    expect(advised({ policy: open, facts: response({ featuresOffered: ["web_search", "mcp"] }) })).toEqual([
      "tool_offered web_search",
    ]);
  });

  it("says which name was decided by the answer, and which by the catalog", () => {
    const listed = "gpt-4o-2024-08-06";
    expect(advised({ facts: chat({ modelRequested: "chat-latest", modelAnswered: listed }) })).toEqual([
      "answered_by_another_model chat-latest",
    ]);
    expect(advised({ facts: chat({ modelRequested: "gpt-4o", modelAnswered: listed }) })).toEqual([]);
    expect(advised({ facts: chat({ modelRequested: "gpt-5", modelAnswered: listed }) })).toEqual([
      "answered_by_another_model gpt-5",
    ]);
    const catalog = {
      ...recordedCatalog(),
      models: recordedCatalog().models.map((row) => ({ ...row, shutdown: null })),
    };
    const facts = chat({ modelRequested: "gpt-4o", modelAnswered: null });
    expect(advised({ facts, catalog })).toEqual(["alias_by_mapping gpt-4o"]);
    expect(advised({ facts })).toEqual([]);
  });

  it.each([
    ["gpt-5.6-sol", "gpt-5.6-sol-2026-07-01"],
    ["omni-moderation-latest", "omni-moderation-2024-09-26"],
    ["text-embedding-ada-002", "text-embedding-ada-002-v2"],
  ])("says that %s was asked for and its other spelling %s answered", (modelRequested, modelAnswered) => {
    expect(advised({ facts: chat({ modelRequested, modelAnswered }) })).toEqual([
      `judged_by_listed_name ${modelRequested}`,
    ]);
  });

  it("tells ends on their day and announcements before it", () => {
    const facts = chat({ endpoint: "/v1/evals", modelRequested: null, modelAnswered: null });
    expect(advised({ facts, on: "2026-11-29" })).toEqual(["end_announced /v1/evals"]);
    expect(advised({ facts, on: "2026-11-30" })).toEqual(["ended /v1/evals"]);
  });

  it("shows an edge outside the region where the policy leaves ingress open", () => {
    const attempt = dialled("eu.api.openai.com");
    const attempts = [{ ...attempt, echo: { ...attempt.echo, edgeCode: "IAD" } }];
    expect(advised({ attempts })).toEqual(["edge_outside_region IAD"]);
    expect(advised({ attempts, policy: preset("eea_ch_strict").policy })).toEqual([]);
    const promisesNone = attempts.map((each) => ({ ...each, host: "mtls-eu.api.openai.com" }));
    expect(advised({ attempts: promisesNone })).toEqual([]);
  });

  it("says whole sentences and never where inference ran", () => {
    const sentences = adviseCall({
      facts: response({ featuresOffered: ["mcp"], modelRequested: "chat-latest" }),
      attempts: [dialled("eu.api.openai.com")],
      policy: preset("eea_ch").policy,
      catalog: openaiCatalog,
      on: "2026-11-22",
    }).map(({ sentence }) => sentence);
    expect(sentences.length).toBeGreaterThan(1);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/\.$/);
      expect(sentence).not.toContain("ran in");
    }
  });
});
