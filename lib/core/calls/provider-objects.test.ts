import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchOperation } from "./match-operation.ts";
import { statesOfAnswer } from "./objects-of-answer.ts";
import type { Operation } from "./operation.ts";
import { readAnswer } from "./read-answer.ts";
import { readRequest } from "./read-request.ts";
import { createStreamReader } from "./read-stream.ts";

function operation(method: string, path: string): Operation {
  const found = matchOperation(method, path);
  if (found === null) throw new Error(`No operation for ${method} ${path}.`);
  return found;
}

function used(method: string, path: string, json: unknown = null): string[] {
  return readRequest(operation(method, path), json, path).objectsUsed.map(({ kind, id }) => `${kind} ${id}`);
}

describe("objects that a request names", () => {
  // biome-ignore format: one line per case
  it.each([
    ["GET", "/v1/responses/resp_1", ["response resp_1"]],
    ["GET", "/v1/files/file-1/content", ["file file-1"]],
    ["DELETE", "/v1/files/file-1", ["file file-1"]],
    ["GET", "/v1/batches/batch_1", ["batch batch_1"]],
    ["GET", "/v1/fine_tuning/jobs/ftjob-1/events", ["fine_tuning_job ftjob-1"]],
    ["POST", "/v1/vector_stores/vs_1/search", ["vector_store vs_1"]],
    ["GET", "/v1/vector_stores/vs_1/files/file-1/content", ["file file-1", "vector_store vs_1"]],
    ["GET", "/v1/conversations/conv_1/items/msg_1", ["conversation conv_1", "item msg_1"]],
    ["GET", "/v1/chat/completions/chatcmpl-1", ["chat_completion chatcmpl-1"]],
    ["POST", "/v1/uploads/upload_1/parts", ["upload upload_1"]],
    ["GET", "/v1/threads/thread_1/runs/run_1", ["thread thread_1"]],
    ["DELETE", "/v1/assistants/asst_1", ["assistant asst_1"]],
    ["GET", "/v1/containers/cntr_1/files/file-1", ["container cntr_1", "file file-1"]],
    ["GET", "/v1/chatkit/threads/cthr_1", []],
    ["GET", "/v1/evals/eval_1/runs/run_1", []],
    ["POST", "/v1/responses", []],
  ])("in the path: %s %s", (method, path, expected) => {
    expect(used(method, path)).toEqual(expected);
  });

  // biome-ignore format: one line per case
  it.each([
    ["/v1/responses", { conversation: "conv_1" }, ["conversation conv_1"]],
    ["/v1/responses", { conversation: { id: "conv_1" } }, ["conversation conv_1"]],
    ["/v1/responses", { previous_response_id: "resp_1" }, ["response resp_1"]],
    ["/v1/responses", { prompt: { id: "pmpt_1" } }, ["prompt pmpt_1"]],
    ["/v1/responses", { model: "ft:gpt-4o:bank::x" }, ["model ft:gpt-4o:bank::x"]],
    ["/v1/responses", { input: [{ type: "item_reference", id: "msg_1" }, { id: "rs_1" }] }, ["item msg_1", "item rs_1"]],
    ["/v1/responses", { input: [{ role: "user", content: [{ type: "input_file", file_id: "file-1" }] }] }, ["file file-1"]],
    ["/v1/responses", { tools: [{ type: "file_search", vector_store_ids: ["vs_1", "vs_2"] }] }, ["vector_store vs_1", "vector_store vs_2"]],
    ["/v1/responses", { tools: [{ type: "code_interpreter", container: "cntr_1" }] }, ["container cntr_1"]],
    ["/v1/responses", { tools: [{ type: "code_interpreter", container: { file_ids: ["file-1"] } }] }, ["file file-1"]],
    ["/v1/batches", { input_file_id: "file-1", endpoint: "/v1/responses" }, ["file file-1"]],
    ["/v1/fine_tuning/jobs", { model: "gpt-4o", training_file: "file-1", validation_file: "file-2" }, ["file file-1", "file file-2"]],
    ["/v1/vector_stores", { file_ids: ["file-1", "file-1"] }, ["file file-1"]],
    ["/v1/threads/runs", { assistant_id: "asst_1", tool_resources: { code_interpreter: { file_ids: ["file-1"] }, file_search: { vector_store_ids: ["vs_1"] } } }, ["assistant asst_1", "file file-1", "vector_store vs_1"]],
    ["/v1/responses", { input: [{ type: "message", id: "msg_1", role: "assistant" }] }, []],
  ])("in the body of %s: %j", (path, json, expected) => {
    expect(used("POST", path, json)).toEqual(expected);
  });

  it("says so where an id is no token, or where there are more than it keeps", () => {
    const responses = operation("POST", "/v1/responses");
    const odd = readRequest(responses, { previous_response_id: "the answer before" }, "/v1/responses");
    expect(odd).toMatchObject({ objectsUsed: [], unreadable: ["objects"] });
    const ids = Array.from({ length: 150 }, (_, i) => `file-${i}`);
    const many = readRequest(operation("POST", "/v1/vector_stores"), { file_ids: ids }, "/v1/vector_stores");
    expect(many.objectsUsed).toHaveLength(100);
    expect(many.unreadable).toEqual(["objects"]);
  });

  it("throws for no body at all", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        readRequest(operation("POST", "/v1/responses"), json, "/v1/responses");
      }),
    );
  });
});

function named(json: unknown): string[] {
  return readAnswer(operation("POST", "/v1/responses"), 200, json).objectsNamed.map(
    ({ kind, id, madeBy }) => `${kind} ${id}${madeBy === null ? "" : ` by ${madeBy.id}`}`,
  );
}

describe("objects that an answer names", () => {
  // biome-ignore format: one line per case
  it.each([
    [{ object: "response", id: "resp_1", output: [] }, ["response resp_1"]],
    [{ object: "chat.completion", id: "chatcmpl-1" }, ["chat_completion chatcmpl-1"]],
    [{ object: "file", id: "file-1", filename: "salaries.pdf", bytes: 12 }, ["file file-1"]],
    [{ object: "batch", id: "batch_1", input_file_id: "file-in", output_file_id: "file-out", error_file_id: "file-err" }, ["batch batch_1", "file file-out by batch_1", "file file-err by batch_1"]],
    [{ object: "batch", id: "batch_1", output_file_id: null }, ["batch batch_1"]],
    [{ object: "fine_tuning.job", id: "ftjob-1", fine_tuned_model: "ft:gpt-4o:bank::x", result_files: ["file-r"] }, ["fine_tuning_job ftjob-1", "model ft:gpt-4o:bank::x by ftjob-1", "file file-r by ftjob-1"]],
    [{ object: "upload", id: "upload_1", file: { object: "file", id: "file-1", bytes: 9 } }, ["upload upload_1", "file file-1 by upload_1"]],
    [{ object: "vector_store", id: "vs_1", usage_bytes: 100 }, ["vector_store vs_1"]],
    [{ object: "thread.run", id: "run_1", thread_id: "thread_1" }, ["thread thread_1"]],
    [{ object: "list", data: [{ object: "file", id: "file-1" }, { object: "file", id: "file-2" }] }, ["file file-1", "file file-2"]],
    [{ object: "file", id: "file-1", deleted: true }, []],
    [{ object: "embedding", id: "e" }, []],
    [{ object: "constructor", id: "e" }, []],
    [{ object: "file", id: "salaries of 2026" }, []],
  ])("%j", (json, expected) => {
    expect(named(json)).toEqual(expected);
  });

  it("keeps size and end, and no name", () => {
    const file = {
      object: "file",
      id: "file-1",
      filename: "salaries.pdf",
      bytes: 12,
      expires_at: 1_800_000_000,
    };
    const { objectsNamed } = readAnswer(operation("POST", "/v1/files"), 200, file);
    expect(objectsNamed).toEqual([
      { kind: "file", id: "file-1", bytes: 12, expiresAt: 1_800_000_000, madeBy: null },
    ]);
  });

  it("is read from a stream as well", () => {
    const reader = createStreamReader(operation("POST", "/v1/responses"));
    reader.push(
      `data: ${JSON.stringify({ type: "response.created", response: { object: "response", id: "resp_1" } })}`,
    );
    reader.push(
      `data: ${JSON.stringify({ type: "response.completed", response: { object: "response", id: "resp_1" } })}`,
    );
    expect(reader.result().objectsNamed.map(({ id }) => id)).toEqual(["resp_1"]);
  });
});

it("reads how far the objects are whose state moves, and of no other", () => {
  const states = (json: unknown) => statesOfAnswer(json);
  expect(states({ object: "batch", id: "batch_1", status: "in_progress" })).toEqual([
    { kind: "batch", id: "batch_1", status: "in_progress" },
  ]);
  const listed = {
    object: "list",
    data: [{ object: "fine_tuning.job", id: "ftjob-1", status: "running" }, {}],
  };
  expect(states(listed)).toEqual([{ kind: "fine_tuning_job", id: "ftjob-1", status: "running" }]);
  for (const json of [
    { object: "response", id: "resp_1", status: "completed" },
    { object: "batch", id: "batch_1", status: "a sentence of words" },
    { object: "batch", status: "completed" },
    null,
  ])
    expect(states(json)).toEqual([]);
});
