import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "./operation.ts";
import { createStreamReader } from "./read-stream.ts";

const chat: Operation = {
  id: "chat.completions.create",
  endpoint: "/v1/chat/completions",
  genAiOperation: "chat",
  carriesContent: true,
};

function read(lines: readonly string[]) {
  const reader = createStreamReader(chat);
  for (const line of lines) reader.push(line);
  return reader.result();
}

const chunk = (over: object) =>
  `data: ${JSON.stringify({ id: "chatcmpl-1", model: "gpt-4o-2024-08-06", ...over })}`;

describe("createStreamReader", () => {
  it("keeps a hundred features at most; a stream that shows more was not read", () => {
    const items = Array.from({ length: 2_000 }, (_, at) => ({ type: `tool_${at}_call` }));
    const events = items.map(
      (item) => `data: ${JSON.stringify({ type: "response.output_item.done", item })}`,
    );
    const end = `data: ${JSON.stringify({ type: "response.completed", response: { object: "response" } })}`;
    const reading = read([...events, end]);
    expect(reading.featuresUsed).toHaveLength(100);
    expect(reading.read).toBe(false);
    expect(read([...events.slice(0, 100), end]).read).toBe(true);
    const atOnce = { type: "response.completed", response: { object: "response", output: items } };
    expect(read([`data: ${JSON.stringify(atOnce)}`])).toMatchObject({ read: false, complete: true });
  });

  it("reads a chat stream to its end", () => {
    const reading = read([
      chunk({ choices: [{ delta: { content: "Hel" } }] }),
      "",
      chunk({ choices: [{ delta: { content: "lo", annotations: [{ type: "url_citation" }] } }] }),
      chunk({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }),
      "data: [DONE]",
    ]);
    expect(reading).toMatchObject({
      read: true,
      complete: true,
      modelAnswered: "gpt-4o-2024-08-06",
      providerObjectId: "chatcmpl-1",
      featuresUsed: ["web_search"],
      usage: { inputTokens: 3, outputTokens: 2 },
    });
  });

  it.each([
    ["text", { choices: [{ delta: { content: "Hi" } }] }, 1],
    [
      "a call of a tool",
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { name: "f" } }] } }] },
      1,
    ],
    ["a refusal", { choices: [{ delta: { refusal: "No" } }] }, 1],
    ["text of a completion", { choices: [{ text: "Hi" }] }, 1],
    ["a Responses delta", { type: "response.output_text.delta", delta: "Hi" }, 1],
    ["reasoning", { type: "response.reasoning_summary_text.delta", delta: "Hm" }, 1],
    ["a picture in part", { type: "image_generation.partial_image", b64_json: "" }, 1],
    ["a piece of a run's message", { object: "thread.message.delta", delta: {} }, 1],
    ["a role alone", { choices: [{ delta: { role: "assistant", content: "", refusal: null } }] }, 0],
    ["a response that was created", { type: "response.created", response: {} }, 0],
    ["usage", { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }, 0],
    ["an error", { error: { code: "server_error" } }, 0],
  ])("says once that content came, and not before: %s", (_, event, times) => {
    let told = 0;
    const reader = createStreamReader(chat, () => {
      told += 1;
    });
    reader.push(chunk({ choices: [{ delta: { role: "assistant" } }] }));
    for (let i = 0; i < 2; i++) reader.push(`data: ${JSON.stringify(event)}`);
    expect(told).toBe(times);
  });

  it("reads a Responses stream: the tools in use, the model, the tokens at its end", () => {
    const event = (type: string, rest: object) => `data: ${JSON.stringify({ type, ...rest })}`;
    const reading = read([
      "event: response.created",
      event("response.created", { response: { id: "resp_1", model: "gpt-5-2025-08-07" } }),
      event("response.output_item.added", { item: { type: "mcp_call" } }),
      event("response.file_search_call.searching", { item_id: "fs_1" }),
      event("response.function_call_arguments.delta", { delta: "{" }),
      event("response.output_text.delta", { delta: "Hello" }),
      ": a comment",
      event("response.completed", {
        response: { id: "resp_1", service_tier: "default", usage: { input_tokens: 9, output_tokens: 4 } },
      }),
    ]);
    expect(reading).toMatchObject({
      read: true,
      complete: true,
      modelAnswered: "gpt-5-2025-08-07",
      providerObjectId: "resp_1",
      serviceTier: "default",
      featuresUsed: ["file_search", "mcp"],
      usage: { inputTokens: 9, outputTokens: 4 },
    });
  });

  it("reads a stream of a run: the run is the answer, its messages and steps are not", () => {
    const line = (json: object) => `data: ${JSON.stringify(json)}`;
    const reading = read([
      "event: thread.run.created",
      line({ object: "thread.run", id: "run_1", thread_id: "thread_1", model: "gpt-4o", status: "queued" }),
      line({ object: "thread.message.delta", id: "msg_1", delta: { content: [] } }),
      line({
        object: "thread.run",
        id: "run_1",
        thread_id: "thread_1",
        status: "completed",
        usage: { prompt_tokens: 5, completion_tokens: 6 },
      }),
      line({ object: "thread.run.step", id: "step_1", status: "completed" }),
      "event: done",
      "data: [DONE]",
    ]);
    expect(reading).toMatchObject({
      read: true,
      complete: true,
      providerObjectId: "run_1",
      finishReason: "completed",
      usage: { inputTokens: 5, outputTokens: 6 },
      objectsNamed: [{ kind: "thread", id: "thread_1" }],
    });
  });

  it.each(["image_generation.completed", "transcript.text.done", "speech.audio.done"])(
    "reads the tokens in the last event of a stream that ends in %s",
    (type) => {
      const usage = { input_tokens: 7, output_tokens: 8 };
      expect(read([`data: ${JSON.stringify({ type, usage })}`])).toMatchObject({
        complete: true,
        usage: { inputTokens: 7, outputTokens: 8 },
      });
    },
  );

  it("says that a stream which was cut has no end", () => {
    expect(read([chunk({})])).toMatchObject({ read: true, complete: false });
    expect(read([])).toMatchObject({ read: false, complete: false });
  });

  it("reads an error in mid-stream", () => {
    const reading = read([chunk({}), 'data: {"type":"error","error":{"code":"server_error","message":"x"}}']);
    expect(reading).toMatchObject({ errorCode: "server_error", complete: true });
    expect(read(['data: {"error":{"code":"rate_limit_exceeded"}}']).errorCode).toBe("rate_limit_exceeded");
  });

  it("counts one unreadable line as a stream that was not read: it may have named a tool", () => {
    expect(read([chunk({}), "data: {not json", "data: [DONE]"])).toMatchObject({
      read: false,
      complete: true,
      modelAnswered: "gpt-4o-2024-08-06",
    });
  });

  it("never throws, whatever the lines hold", () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((json) => `data: ${json}`),
    );
    fc.assert(fc.property(fc.array(line), (lines) => void read(lines)));
    const event = fc.record({
      type: fc.constantFrom("response.completed", "error"),
      response: fc.jsonValue(),
      item: fc.jsonValue(),
    });
    fc.assert(fc.property(event, (json) => void read([`data: ${JSON.stringify(json)}`])));
  });
});
