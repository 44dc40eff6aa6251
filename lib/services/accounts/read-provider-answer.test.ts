import { describe, expect, it } from "vitest";
import type { UsageQuestion } from "../../core/accounts/account-question.ts";
import { readProviderAnswer } from "./read-provider-answer.ts";

const project = {
  id: "proj_a",
  object: "organization.project",
  name: "Loans",
  created_at: 1_711_471_533,
  archived_at: null,
  external_key_id: "key_1",
  status: "active",
  residency: "EU_STORAGE_PROCESSING",
};
const ofProject = { kind: "project", projectId: "proj_a" } as const;

describe("a project", () => {
  it("is its four words and nothing else", () => {
    expect(readProviderAnswer(ofProject, { ...project, owner: { email: "a@example.com" } })).toEqual({
      id: "proj_a",
      name: "Loans",
      status: "active",
      residency: "EU_STORAGE_PROCESSING",
    });
  });

  it("may lack all but its id", () => {
    expect(readProviderAnswer(ofProject, { id: "proj_a" })).toEqual({
      ...{ id: "proj_a", name: null, status: null, residency: null },
    });
  });

  it("has a name of one bounded line", () => {
    const read = readProviderAnswer(ofProject, { ...project, name: `a\u0000b\n${"x".repeat(500)}` });
    expect(read?.name).toMatch(/^a b x{10,}$/);
    expect(read?.name?.length).toBeLessThanOrEqual(120);
  });

  it.each([
    ["another project", { ...project, id: "proj_b" }],
    ["a residency that is no word", { ...project, residency: "EU <b>" }],
    ["a residency that is a number", { ...project, residency: 3 }],
    ["a list", [project]],
    ["nothing", null],
    ["an error", { error: { message: "no" } }],
  ])("is not read from %s", (_what, json) => {
    expect(readProviderAnswer(ofProject, json)).toBeNull();
  });
});

describe("data retention", () => {
  it.each(["project_retention", "organization_retention"] as const)("%s is one word", (kind) => {
    const question = kind === "project_retention" ? { kind, projectId: "proj_a" } : { kind };
    expect(readProviderAnswer(question, { object: "x", type: "zero_data_retention", more: 1 })).toEqual({
      retention: "zero_data_retention",
    });
    expect(readProviderAnswer(question, { object: "x" })).toBeNull();
    expect(readProviderAnswer(question, { type: "two words" })).toBeNull();
  });
});

const question: UsageQuestion = {
  kind: "usage",
  usage: "completions",
  projectIds: ["proj_a"],
  from: "2026-11-28T00:00:00Z",
  to: "2026-11-29T00:00:00Z",
  page: null,
};
const start = Date.parse(question.from) / 1000;
const result = {
  object: "organization.usage.completions.result",
  input_tokens: 1000,
  output_tokens: 500,
  input_cached_tokens: 800,
  num_model_requests: 5,
  project_id: "proj_a",
  user_id: null,
  api_key_id: null,
  model: "gpt-5.5-2026-04-23",
  batch: false,
  service_tier: null,
};
const page = (results: readonly object[], over: object = {}) => ({
  object: "page",
  data: [{ object: "bucket", start_time: start, end_time: start + 3600, results }],
  has_more: false,
  next_page: null,
  ...over,
});

describe("usage", () => {
  it("is figures by project, hour, model and batch", () => {
    expect(readProviderAnswer(question, page([result], { has_more: true, next_page: "page_AAA=" }))).toEqual({
      rows: [
        {
          projectId: "proj_a",
          hour: "2026-11-28T00:00:00.000Z",
          model: "gpt-5.5-2026-04-23",
          batch: false,
          requests: 5,
          inputTokens: 1000,
          outputTokens: 500,
        },
      ],
      next: "page_AAA=",
    });
  });

  it("keeps apart what is false from what is not told", () => {
    const { batch: _, input_tokens: __, output_tokens: ___, ...bare } = result;
    const read = readProviderAnswer({ ...question, usage: "images" }, page([bare]));
    expect(read?.rows[0]).toMatchObject({ batch: null, inputTokens: null, outputTokens: null });
  });

  it("of projects that nobody asked for is left out", () => {
    const read = readProviderAnswer(question, page([{ ...result, project_id: "proj_other" }]));
    expect(read).toEqual({ rows: [], next: null });
  });

  it.each([
    ["a figure below nothing", page([{ ...result, num_model_requests: -1 }])],
    ["a part of a request", page([{ ...result, num_model_requests: 1.5 }])],
    ["a result of no project", page([{ ...result, project_id: null }])],
    [
      "an hour before the question",
      page([result], { data: [{ start_time: start - 3600, results: [result] }] }),
    ],
    ["an hour behind it", page([result], { data: [{ start_time: start + 86_400, results: [result] }] })],
    ["more without a way to it", page([result], { has_more: true })],
    ["a page without buckets", { object: "page", has_more: false }],
    ["an endless cursor", page([], { has_more: true, next_page: "x".repeat(201) })],
  ])("is not read from %s", (_what, json) => {
    expect(readProviderAnswer(question, json)).toBeNull();
  });
});
