import { describe, expect, it } from "vitest";
import type { CallFacts } from "../calls/call-facts.ts";
import { matchOperation } from "../calls/match-operation.ts";
import { readAnswer } from "../calls/read-answer.ts";
import { readRequest } from "../calls/read-request.ts";
import { chat, dialled, reported } from "../testing/case.ts";
import { type ResourceQuestion, resourceEvents } from "./resource-events.ts";
import { withBirths } from "./with-births.ts";

type Told = Partial<ResourceQuestion> & { readonly facts?: CallFacts };

/** What a request and its answer tell, as the gateway reads them. */
function told(method: string, path: string, request: unknown, answer: unknown, over: Told = {}): string[] {
  const operation = matchOperation(method, path);
  if (operation === null) throw new Error(`No operation for ${method} ${path}.`);
  const reading = readRequest(operation, request, path);
  const facts = chat({
    operation: operation.id,
    store: reading.store,
    background: reading.background,
    objectsUsed: reading.objectsUsed.map((object) => ({ ...object, birth: null })),
  });
  const events = resourceEvents({
    facts,
    objectsNamed: readAnswer(operation, 200, answer).objectsNamed,
    attempt: dialled("eu.api.openai.com"),
    servedRegion: "eu",
    ...over,
  });
  return events.map((one) => {
    const place =
      one.event === "born" ? ` in ${one.birth ? `${one.birth.region}:${one.birth.grade}` : "?"}` : "";
    const maker = one.event === "born_of" ? ` ${one.madeBy.id}` : "";
    return `${one.kind} ${one.id} ${one.event}${place}${maker}`;
  });
}

const file = { object: "file", id: "file-1", bytes: 12 };
const response = { object: "response", id: "resp_1" };

describe("resourceEvents", () => {
  // biome-ignore format: one line per case
  it.each([
    ["POST", "/v1/files", null, file, ["file file-1 born in eu:C"]],
    ["GET", "/v1/files/file-1", null, file, ["file file-1 seen", "file file-1 used"]],
    ["GET", "/v1/files/file-1/content", null, null, ["file file-1 used"]],
    ["DELETE", "/v1/files/file-1", null, { ...file, deleted: true }, ["file file-1 deleted"]],
    ["POST", "/v1/responses", {}, response, ["response resp_1 born in eu:C"]],
    ["POST", "/v1/responses", { store: true }, response, ["response resp_1 born in eu:C"]],
    ["POST", "/v1/responses", { store: false }, response, []],
    ["POST", "/v1/responses", { store: false, background: true }, response, ["response resp_1 born in eu:C"]],
    ["POST", "/v1/responses", { previous_response_id: "resp_0" }, response, ["response resp_1 born in eu:C", "response resp_0 used"]],
    ["GET", "/v1/responses/resp_1", null, response, ["response resp_1 seen", "response resp_1 used"]],
    ["DELETE", "/v1/responses/resp_1", null, null, ["response resp_1 deleted"]],
    ["POST", "/v1/chat/completions", {}, { object: "chat.completion", id: "chatcmpl-1" }, []],
    ["POST", "/v1/chat/completions", { store: true }, { object: "chat.completion", id: "chatcmpl-1" }, ["chat_completion chatcmpl-1 born in eu:C"]],
    ["POST", "/v1/batches", { input_file_id: "file-1" }, { object: "batch", id: "batch_1" }, ["batch batch_1 born in eu:C", "file file-1 used"]],
    ["GET", "/v1/batches/batch_1", null, { object: "batch", id: "batch_1", output_file_id: "file-2" }, ["batch batch_1 seen", "file file-2 born_of batch_1", "batch batch_1 used"]],
    ["GET", "/v1/fine_tuning/jobs/ftjob-1", null, { object: "fine_tuning.job", id: "ftjob-1", fine_tuned_model: "ft:gpt-4o:bank::x" }, ["fine_tuning_job ftjob-1 seen", "model ft:gpt-4o:bank::x born_of ftjob-1", "fine_tuning_job ftjob-1 used"]],
    ["POST", "/v1/uploads/upload_1/complete", {}, { object: "upload", id: "upload_1", file }, ["upload upload_1 seen", "file file-1 born_of upload_1", "upload upload_1 used"]],
    ["POST", "/v1/uploads/upload_1/cancel", {}, { object: "upload", id: "upload_1" }, ["upload upload_1 seen", "upload upload_1 deleted"]],
    ["POST", "/v1/vector_stores", { file_ids: ["file-1"] }, { object: "vector_store", id: "vs_1" }, ["vector_store vs_1 born in eu:C", "file file-1 used"]],
    ["DELETE", "/v1/vector_stores/vs_1/files/file-1", null, { id: "file-1", object: "vector_store.file.deleted", deleted: true }, ["file file-1 used", "vector_store vs_1 used"]],
    ["POST", "/v1/conversations", {}, { object: "conversation", id: "conv_1" }, ["conversation conv_1 born in eu:C"]],
    ["DELETE", "/v1/conversations/conv_1/items/msg_1", null, { object: "conversation", id: "conv_1" }, ["conversation conv_1 seen", "conversation conv_1 used", "item msg_1 used"]],
    ["POST", "/v1/threads", {}, { object: "thread", id: "thread_1" }, ["thread thread_1 born in eu:C"]],
    ["POST", "/v1/threads/runs", { assistant_id: "asst_1" }, { object: "thread.run", id: "run_1", thread_id: "thread_1" }, ["thread thread_1 born in eu:C", "assistant asst_1 used"]],
    ["POST", "/v1/threads/thread_1/runs", {}, { object: "thread.run", id: "run_1", thread_id: "thread_1" }, ["thread thread_1 seen", "thread thread_1 used"]],
    ["POST", "/v1/assistants", {}, { object: "assistant", id: "asst_1" }, ["assistant asst_1 born in eu:C"]],
    ["GET", "/v1/files", null, { object: "list", data: [file] }, ["file file-1 seen"]],
    ["DELETE", "/v1/models/ft:gpt-4o:bank::x", null, { deleted: true }, ["model ft:gpt-4o:bank::x deleted"]],
  ])("%s %s %j", (method, path, request, answer, expected) => {
    expect(told(method, path, request, answer)).toEqual(expected);
  });

  it.each([null, 307, 400, 401, 404, 500])("tells nothing from an answer of %s", (status) => {
    expect(
      told("POST", "/v1/files", null, file, { attempt: dialled("eu.api.openai.com", { status }) }),
    ).toEqual([]);
  });

  it("takes the place of birth from the host that answered, as well as it is known", () => {
    const log = { attempt: reported("api.openai.com"), servedRegion: "global" } as const;
    expect(told("POST", "/v1/files", null, file, log)).toEqual(["file file-1 born in global:D"]);
    expect(told("POST", "/v1/files", null, file, { servedRegion: null })).toEqual(["file file-1 born in ?"]);
  });
});

describe("withBirths", () => {
  const birth = { region: "eu", grade: "C" } as const;

  it("adds what is known, and leaves the rest unknown", () => {
    const facts = chat({
      objectsUsed: [
        { kind: "file", id: "file-1", birth: null },
        { kind: "file", id: "file-2", birth: null },
      ],
    });
    expect(withBirths(facts, ({ id }) => (id === "file-1" ? birth : null)).objectsUsed).toEqual([
      { kind: "file", id: "file-1", birth },
      { kind: "file", id: "file-2", birth: null },
    ]);
  });

  it("says nothing of objects where nobody looked", () => {
    expect(withBirths(chat(), () => birth).objectsUsed).toBeUndefined();
  });
});
