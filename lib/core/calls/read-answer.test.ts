import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "./operation.ts";
import { noUsage, readAnswer } from "./read-answer.ts";

const chat: Operation = {
  id: "chat.completions.create",
  endpoint: "/v1/chat/completions",
  genAiOperation: "chat",
  carriesContent: true,
};
const responses: Operation = { ...chat, id: "responses.create", endpoint: "/v1/responses" };

describe("readAnswer", () => {
  it("keeps a hundred features at most; an answer that shows more was not read", () => {
    const output = Array.from({ length: 20_000 }, (_, at) => ({ type: `tool_${at}_call` }));
    const reading = readAnswer(responses, 200, { object: "response", output });
    expect(reading.featuresUsed).toHaveLength(100);
    expect(reading.read).toBe(false);
    expect(readAnswer(responses, 200, { object: "response", output: output.slice(0, 100) }).read).toBe(true);
  });

  it.each([2_147_483_648, Number.MAX_SAFE_INTEGER, 1e300, -1, 1.5])(
    "takes a count that no record holds for none: %s",
    (count) => {
      const usage = {
        input_tokens: 5,
        output_tokens: count,
        output_tokens_details: { reasoning_tokens: count },
      };
      expect(readAnswer(responses, 200, { usage }).usage).toEqual({ ...noUsage, inputTokens: 5 });
    },
  );

  it("reads a chat completion", () => {
    const reading = readAnswer(chat, 200, {
      id: "chatcmpl-1",
      model: "gpt-4o-2024-08-06",
      service_tier: "default",
      choices: [
        { finish_reason: "stop", message: { content: "secret", annotations: [{ type: "url_citation" }] } },
      ],
      usage: {
        prompt_tokens: 12,
        completion_tokens: 30,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 8 },
      },
    });
    expect(reading).toEqual({
      read: true,
      modelAnswered: "gpt-4o-2024-08-06",
      usage: { inputTokens: 12, outputTokens: 30, cachedInputTokens: 4, reasoningTokens: 8 },
      featuresUsed: ["web_search"],
      providerObjectId: "chatcmpl-1",
      objectsNamed: [],
      objectStates: [],
      finishReason: "stop",
      serviceTier: "default",
      errorCode: null,
      suggestedHost: null,
    });
  });

  it.each([
    [{ choices: [{ finish_reason: null }, { finish_reason: "length" }] }, "length"],
    [{ object: "response", status: "completed" }, "completed"],
    [
      { object: "response", status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
      "max_output_tokens",
    ],
    [{ object: "thread.run", status: "requires_action" }, "requires_action"],
    [{ object: "batch", status: "validating" }, null],
    [{ choices: [{ finish_reason: "a sentence of the answer" }] }, null],
    [{ choices: "stop" }, null],
  ])("says of %j that it ended for: %s", (json, reason) => {
    expect(readAnswer(chat, 200, json).finishReason).toBe(reason);
  });

  it("counts what a call used once: with the call that ran the model, not with each that looks at it again", () => {
    const json = { object: "response", usage: { input_tokens: 3, output_tokens: 4 } };
    expect(readAnswer(responses, 200, json).usage).toMatchObject({ inputTokens: 3, outputTokens: 4 });
    for (const id of ["responses.retrieve", "responses.cancel", "batches.list"])
      expect(readAnswer({ ...responses, id }, 200, json).usage).toMatchObject({ inputTokens: null });
  });

  it("reads a response, its tools in use and its tokens", () => {
    const reading = readAnswer(responses, 200, {
      id: "resp_1",
      model: "gpt-5-2025-08-07",
      output: [
        { type: "mcp_list_tools" },
        { type: "web_search_call" },
        { type: "code_interpreter_call" },
        { type: "computer_call" },
        { type: "function_call" },
        { type: "shell_call", environment: { type: "local" } },
        { type: "program" },
        { type: "reasoning" },
        { type: "message", content: [{ annotations: [{ type: "container_file_citation" }] }] },
      ],
      usage: { input_tokens: 5, output_tokens: 6, input_tokens_details: { cached_tokens: 1 } },
    });
    expect(reading.featuresUsed).toEqual([
      "code_interpreter",
      "computer_use",
      "mcp",
      "programmatic_tool_calling",
      "web_search",
    ]);
    expect(reading.usage).toEqual({
      inputTokens: 5,
      outputTokens: 6,
      cachedInputTokens: 1,
      reasoningTokens: null,
    });
  });

  it("reads embeddings, whose answer counts input alone", () => {
    const embeddings = { ...chat, id: "embeddings.create", endpoint: "/v1/embeddings" };
    const reading = readAnswer(embeddings, 200, {
      object: "list",
      data: [{ embedding: [0.1] }],
      model: "text-embedding-3-small",
      usage: { prompt_tokens: 8, total_tokens: 8 },
    });
    expect(reading).toMatchObject({
      modelAnswered: "text-embedding-3-small",
      usage: { inputTokens: 8, outputTokens: null },
    });
  });

  it("reads the wrong-host answer, and the host it names", () => {
    const reading = readAnswer(chat, 401, {
      error: {
        message:
          "Attempted to access resource with incorrect regional hostname. Please make your request to US.api.openai.com",
        type: "invalid_request_error",
        code: "incorrect_hostname",
        param: null,
      },
    });
    expect(reading).toMatchObject({ errorCode: "incorrect_hostname", suggestedHost: "us.api.openai.com" });
  });

  it("takes a host from no other error, and no code from an error that is a sentence", () => {
    const other = { error: { code: "invalid_api_key", message: "Please make your request to evil.example" } };
    expect(readAnswer(chat, 401, other)).toMatchObject({ errorCode: "invalid_api_key", suggestedHost: null });
    expect(readAnswer(chat, 403, { error: "You have insufficient permissions" }).errorCode).toBeNull();
  });

  it("keeps no free text and no impossible count", () => {
    const reading = readAnswer(chat, 200, {
      id: "an id with blanks",
      model: "a model with blanks",
      usage: { prompt_tokens: -1, completion_tokens: 1.5, prompt_tokens_details: { cached_tokens: 1e300 } },
    });
    expect(reading).toMatchObject({ providerObjectId: null, modelAnswered: null, usage: noUsage });
  });

  it("says that what is no object was not read", () => {
    for (const odd of [undefined, null, "text", 3, []]) expect(readAnswer(chat, 200, odd).read).toBe(false);
  });

  it("never throws, whatever was sent", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        readAnswer(chat, 200, json);
        readAnswer(responses, 500, { output: json, choices: json, usage: json, error: json });
      }),
    );
  });
});
