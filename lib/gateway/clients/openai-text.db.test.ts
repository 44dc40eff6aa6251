import { setTimeout as after } from "node:timers/promises";
import type OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientWorld, createClientWorld, operationsOf } from "../../testing/client-world.ts";

let clients: ClientWorld;
let openai: OpenAI;

beforeAll(async () => {
  clients = await createClientWorld();
  openai = clients.openai;
});
afterAll(() => clients.stop());

const messages = [{ role: "user" as const, content: "Where are you?" }];

describe("chat.completions.*", () => {
  it("passes a completion, its stream, and what is stored of it", async () => {
    const model = "gpt-5.5";
    const calls = await clients.callsOf(async () => {
      const made = await openai.chat.completions.create({ model, messages, store: true });
      expect(made.choices[0]?.message.content).toContain("simulated");
      let pieces = 0;
      const options = { stream: true, stream_options: { include_usage: true } } as const;
      for await (const _ of await openai.chat.completions.create({ model, messages, ...options }))
        pieces += 1;
      expect(pieces).toBeGreaterThan(5);
      expect((await openai.chat.completions.retrieve(made.id)).id).toBe(made.id);
      await openai.chat.completions.update(made.id, { metadata: { kept: "yes" } });
      await openai.chat.completions.list();
      await openai.chat.completions.messages.list(made.id);
      await openai.chat.completions.delete(made.id);
    });
    expect(operationsOf(calls)).toEqual([
      "chat.completions.create",
      "chat.completions.create",
      "chat.completions.retrieve",
      "chat.completions.update",
      "chat.completions.list",
      "chat.completions.messages.list",
      "chat.completions.delete",
    ]);
    for (const call of calls)
      expect(call, call.operation).toMatchObject({
        status: 200,
        call_end: "complete",
        host: "api.openai.com",
      });
    const [plain, streamed] = calls;
    expect(plain).toMatchObject({ model_answered: "gpt-5.5-2026-04-23", finish_reason: "stop" });
    expect(plain?.output_tokens).toBeGreaterThan(0);
    expect(streamed?.output_tokens).toBeGreaterThan(0);
    expect(streamed?.facts).toMatchObject({ stream: true, responseBody: "read" });
  });

  it.each(["gzip", "br"])(
    "gets its answer compressed by %s as it asks, and the answer is read",
    async (coding) => {
      const headers = { "accept-encoding": coding };
      const [call] = await clients.callsOf(async () => {
        const { data, response } = await openai.chat.completions
          .create({ model: "gpt-5.5", messages }, { headers })
          .withResponse();
        expect(response.headers.get("content-encoding")).toBe(coding);
        expect(data.choices[0]?.message.content).toContain("simulated");
      });
      expect(call).toMatchObject({ model_answered: "gpt-5.5-2026-04-23", facts: { responseBody: "read" } });
      expect(call?.output_tokens).toBeGreaterThan(0);
    },
  );

  it("knows no usage of a stream whose client did not ask for it", async () => {
    const [call] = await clients.callsOf(async () => {
      for await (const _ of await openai.chat.completions.create({
        model: "gpt-5.5",
        messages,
        stream: true,
      }));
    });
    expect(call).toMatchObject({ input_tokens: null, output_tokens: null, call_end: "complete" });
  });
});

describe("responses.*", () => {
  it("passes a response, its stream, what is stored of it, and work in the background", async () => {
    const model = "gpt-5.5";
    const calls = await clients.callsOf(async () => {
      const made = await openai.responses.create({
        model,
        input: "Where are you?",
        tools: [{ type: "mcp", server_label: "docs", server_url: "https://mcp.example.com/secret-path" }],
      });
      await openai.responses.retrieve(made.id);
      await openai.responses.inputItems.list(made.id);
      for await (const _ of await openai.responses.create({
        model,
        input: "Hi",
        stream: true,
        store: false,
      }));
      const asked = await openai.responses.create({ model, input: "Hi", background: true });
      await openai.responses.cancel(asked.id);
      await openai.responses.inputTokens.count({ model, input: "Hi" });
      await openai.responses.compact({ model, input: "Hi" });
      await openai.responses.delete(made.id);
    });
    expect(operationsOf(calls)).toEqual([
      "responses.create",
      "responses.retrieve",
      "responses.input_items.list",
      "responses.create",
      "responses.create",
      "responses.cancel",
      "responses.input_tokens.count",
      "responses.compact",
      "responses.delete",
    ]);
    expect(calls.every(({ status, call_end }) => status === 200 && call_end === "complete")).toBe(true);
    const [first, retrieved] = calls;
    expect(first?.facts.toolHosts).toEqual(["mcp.example.com"]);
    expect(JSON.stringify(first)).not.toContain("secret-path");
    expect(retrieved?.facts.objectsUsed).toMatchObject([{ kind: "response", id: first?.provider_object_id }]);
  });
});

describe("conversations.*", () => {
  it("passes conversations and their items", async () => {
    const calls = await clients.callsOf(async () => {
      const { id } = await openai.conversations.create({
        items: [{ type: "message", role: "user", content: "Hi" }],
      });
      await openai.conversations.retrieve(id);
      await openai.conversations.update(id, { metadata: { a: "b" } });
      await openai.conversations.items.create(id, {
        items: [{ type: "message", role: "user", content: "Hi" }],
      });
      const items = await openai.conversations.items.list(id);
      const item = items.data[0]?.id ?? "";
      await openai.conversations.items.retrieve(item, { conversation_id: id });
      await openai.conversations.items.delete(item, { conversation_id: id });
      await openai.conversations.delete(id);
    });
    expect(operationsOf(calls)).toEqual([
      "conversations.create",
      "conversations.retrieve",
      "conversations.update",
      "conversations.items.create",
      "conversations.items.list",
      "conversations.items.retrieve",
      "conversations.items.delete",
      "conversations.delete",
    ]);
    expect(calls.every(({ status }) => status === 200)).toBe(true);
  });
});

describe("embeddings.create, completions.create, moderations.create, models.*", () => {
  it("pass, with usage where the answer holds it", async () => {
    const calls = await clients.callsOf(async () => {
      await openai.embeddings.create({ model: "text-embedding-3-small", input: "Hi" });
      await openai.completions.create({ model: "gpt-3.5-turbo-0125", prompt: "Hi" });
      for await (const _ of await openai.completions.create({
        model: "gpt-3.5-turbo-0125",
        prompt: "Hi",
        stream: true,
      }));
      await openai.moderations.create({ model: "omni-moderation-latest", input: "Hi" });
      await openai.models.list();
      await openai.models.retrieve("gpt-5.5");
    });
    expect(operationsOf(calls)).toEqual([
      "embeddings.create",
      "completions.create",
      "completions.create",
      "moderations.create",
      "models.list",
      "models.retrieve",
    ]);
    expect(calls[0]?.input_tokens).not.toBeNull();
    expect(calls[1]).toMatchObject({ output_tokens: 12, finish_reason: "stop" });
    expect(calls[2]).toMatchObject({ output_tokens: null });
    expect(calls.slice(4).map(({ verdict }) => verdict)).toEqual(["not_applicable", "not_applicable"]);
  });
});

describe("assistants.*, threads.*", () => {
  it("pass although they ended at the provider, and are recorded", async () => {
    const calls = await clients.callsOf(async () => {
      const assistant = await openai.beta.assistants.create({ model: "gpt-5.5" });
      await openai.beta.assistants.retrieve(assistant.id);
      await openai.beta.assistants.list();
      const thread = await openai.beta.threads.create({ messages });
      await openai.beta.threads.messages.create(thread.id, { role: "user", content: "Hi" });
      const run = await openai.beta.threads.runs.create(thread.id, { assistant_id: assistant.id });
      await after(120);
      const ended = await openai.beta.threads.runs.retrieve(run.id, { thread_id: thread.id });
      expect(ended).toMatchObject({ status: "completed", usage: { completion_tokens: 12 } });
      await openai.beta.threads.runs.steps.list(run.id, { thread_id: thread.id });
      for await (const _ of await openai.beta.threads.createAndRun({
        assistant_id: assistant.id,
        stream: true,
      }));
      await openai.beta.threads.messages.list(thread.id);
      await openai.beta.threads.delete(thread.id);
      await openai.beta.assistants.delete(assistant.id);
    });
    expect(operationsOf(calls)).toEqual([
      "assistants.create",
      "assistants.retrieve",
      "assistants.list",
      "threads.create",
      "threads.messages.create",
      "threads.runs.create",
      "threads.runs.retrieve",
      "threads.runs.steps.list",
      "threads.create_and_run",
      "threads.messages.list",
      "threads.delete",
      "assistants.delete",
    ]);
    expect(calls.every(({ status, call_end }) => status === 200 && call_end === "complete")).toBe(true);
    // Looking at a run again uses nothing: its tokens are counted where it was made to run.
    expect(calls[6]).toMatchObject({ output_tokens: null });
    expect(calls[8]).toMatchObject({ output_tokens: 12 });
  });
});

describe("evals.*", () => {
  it("pass, and are recorded", async () => {
    const calls = await clients.callsOf(async () => {
      const made = await openai.evals.create({
        data_source_config: { type: "custom", item_schema: {} },
        testing_criteria: [],
      });
      const source = { type: "jsonl", source: { type: "file_id", id: "file-1" } } as const;
      const run = await openai.evals.runs.create(made.id, { data_source: source });
      await openai.evals.runs.retrieve(run.id, { eval_id: made.id });
      await openai.evals.runs.outputItems.list(run.id, { eval_id: made.id });
      await openai.evals.delete(made.id);
    });
    expect(operationsOf(calls)).toEqual([
      "evals.create",
      "evals.runs.create",
      "evals.runs.retrieve",
      "evals.runs.output_items.list",
      "evals.delete",
    ]);
    expect(calls.every(({ status }) => status === 200)).toBe(true);
  });
});
