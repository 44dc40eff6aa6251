import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { matchOperation } from "./match-operation.ts";
import { operationRows } from "./operations-table.ts";

describe("matchOperation", () => {
  it.each([
    ["POST", "/v1/chat/completions", "chat.completions.create", "/v1/chat/completions", true],
    ["post", "/v1/responses/", "responses.create", "/v1/responses", true],
    ["GET", "/v1/responses/resp_1", "responses.retrieve", "/v1/responses", true],
    ["POST", "/v1/responses/compact", "responses.compact", "/v1/responses", true],
    ["DELETE", "/v1/responses/resp_1", "responses.delete", "/v1/responses", false],
    ["POST", "/v1/embeddings", "embeddings.create", "/v1/embeddings", true],
    ["GET", "/v1/models", "models.list", null, false],
    ["GET", "/v1/models/gpt-4o", "models.retrieve", null, false],
    ["POST", "/v1/threads/runs", "threads.create_and_run", "/v1/threads/runs", true],
    ["POST", "/v1/threads/thread_1/runs", "threads.runs.create", "/v1/threads/runs", true],
    ["GET", "/v1/files/file_1/content", "files.content", "/v1/files", true],
    ["GET", "/v1/files", "files.list", "/v1/files", false],
    ["POST", "/v1/batches", "batches.create", "/v1/batches", true],
    ["POST", "/v1/videos", "videos.create", null, true],
    ["POST", "/v1/agents/sessions", "agents.sessions.create", "/v1/agents", true],
    ["GET", "/v1/agents/environments", "agents.environments.list", "/v1/agents", false],
    ["POST", "/v1/evals/eval_1/runs/run_1", "evals.runs.cancel", "/v1/evals", true],
    ["POST", "/v1/evals/eval_1/runs/run_1/cancel", "evals.runs.cancel", "/v1/evals", true],
    ["POST", "/v1/live/sessions/live_1/hangup", "live.sessions.act", "/v1/live/sessions", true],
    ["POST", "/v1/traces/ingest", "traces.ingest", "/v1/traces/ingest", true],
  ])("%s %s is %s", (method, path, id, endpoint, carriesContent) => {
    expect(matchOperation(method, path)).toMatchObject({ id, endpoint, carriesContent });
  });

  it.each([
    ["GET", "/v1/chat/completions/a/b/c"],
    ["PUT", "/v1/chat/completions"],
    ["POST", "/chat/completions"],
    ["POST", "/v1//chat/completions"],
    ["POST", "/v1/chat/../embeddings"],
    ["POST", "v1/embeddings"],
    ["POST", "/v1/chat%2Fcompletions"],
    ["GET", `/v1/models/${"a".repeat(3000)}`],
  ])("knows nothing of %s %s", (method, path) => {
    expect(matchOperation(method, path)).toBeNull();
  });

  it("names only endpoints the catalog has a row for, and each way to call once", () => {
    const paths = new Set(openaiCatalog.endpoints.map(({ path }) => path));
    for (const [, , , endpoint] of operationRows) if (endpoint !== null) expect(paths).toContain(endpoint);
    const ways = operationRows.map(([method, path]) => `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`);
    expect(new Set(ways).size).toBe(ways.length);
  });

  it("reaches every row of its table: no pattern hides another", () => {
    for (const [method, path, id] of operationRows) {
      expect(matchOperation(method, path.replaceAll(/\{[^}]*\}/g, "obj_1"))?.id).toBe(id);
    }
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (method, path) => void matchOperation(method, `/${path}`)),
    );
  });

  it("uses OpenTelemetry's names where it has them", () => {
    expect(matchOperation("POST", "/v1/chat/completions")?.genAiOperation).toBe("chat");
    expect(matchOperation("POST", "/v1/embeddings")?.genAiOperation).toBe("embeddings");
    expect(matchOperation("POST", "/v1/completions")?.genAiOperation).toBe("text_completion");
  });
});
