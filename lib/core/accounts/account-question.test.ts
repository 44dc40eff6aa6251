import { describe, expect, it } from "vitest";
import { type AccountQuestion, isProjectId, pathOfQuestion } from "./account-question.ts";

const usage = {
  kind: "usage",
  usage: "completions",
  projectIds: ["proj_a", "proj_b"],
  from: "2026-11-28T00:00:00.000Z",
  to: "2026-11-30T00:00:00.000Z",
  page: null,
} as const;

describe("pathOfQuestion", () => {
  it.each<[AccountQuestion, string]>([
    [{ kind: "project", projectId: "proj_a" }, "/v1/organization/projects/proj_a"],
    [{ kind: "project_retention", projectId: "proj_a" }, "/v1/organization/projects/proj_a/data_retention"],
    [{ kind: "organization_retention" }, "/v1/organization/data_retention"],
  ])("%j", (question, path) => {
    expect(pathOfQuestion(question)).toBe(path);
  });

  it("asks usage by hour, of the named projects alone, by project, model and batch", () => {
    const { pathname, searchParams } = new URL(pathOfQuestion(usage), "https://api.openai.com");
    expect(pathname).toBe("/v1/organization/usage/completions");
    expect([...searchParams]).toEqual([
      ["start_time", "1795824000"],
      ["end_time", "1795996800"],
      ["bucket_width", "1h"],
      ["limit", "24"],
      ["project_ids[]", "proj_a"],
      ["project_ids[]", "proj_b"],
      ["group_by[]", "project_id"],
      ["group_by[]", "model"],
      ["group_by[]", "batch"],
    ]);
  });

  it("asks no other kind for batches, which it could not tell apart", () => {
    expect(pathOfQuestion({ ...usage, usage: "embeddings" })).not.toContain("batch");
  });

  it("keeps a cursor inside its own word", () => {
    const path = pathOfQuestion({ ...usage, page: "page_a&project_ids[]=proj_other#x/../y" });
    const { searchParams, hash, pathname } = new URL(path, "https://api.openai.com");
    expect(searchParams.get("page")).toBe("page_a&project_ids[]=proj_other#x/../y");
    expect(searchParams.getAll("project_ids[]")).toEqual(["proj_a", "proj_b"]);
    expect([pathname, hash]).toEqual(["/v1/organization/usage/completions", ""]);
  });

  it.each([
    "",
    ".",
    "..",
    "../admin_api_keys",
    "a/b",
    "a?b",
    "a#b",
    "a b",
    "%2e%2e",
    "proj_ä",
    "x".repeat(65),
  ])("asks nothing about %j, which is no id", (id) => {
    expect(isProjectId(id)).toBe(false);
    expect(() => pathOfQuestion({ kind: "project", projectId: id })).toThrow(/no id/);
    expect(() => pathOfQuestion({ ...usage, projectIds: [id] })).toThrow(/no id/);
  });
});
