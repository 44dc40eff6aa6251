import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as after } from "node:timers/promises";
import type OpenAI from "openai";
import { toFile } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SimulatedProvider, startSimulatedProvider } from "../server.ts";
import { openSimulatedClient, type SimulatedClient } from "../testing/simulated-client.ts";

let home: string;
let provider: SimulatedProvider;
let client: SimulatedClient;
let eu: OpenAI;
let us: OpenAI;

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-provider-"));
  provider = await startSimulatedProvider({ home });
  client = openSimulatedClient(provider);
  // One key of a global project works on every host, and what is made on one is not on another.
  eu = client.openai("eu.api.openai.com", "sk-sim-global-a");
  us = client.openai("us.api.openai.com", "sk-sim-global-a");
});

afterAll(async () => {
  await client.close();
  await provider.stop();
  rmSync(home, { recursive: true, force: true });
});

const jsonl = (lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).join("\n");

async function until<T>(read: () => Promise<T>, is: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (is(value)) return value;
    await after(20);
  }
}

describe("files and what is made of them", () => {
  it("keeps a file on the host it was sent to, and on no other", async () => {
    const file = await eu.files.create({
      file: await toFile(Buffer.from("hello"), "a.txt"),
      purpose: "user_data",
    });
    expect(file).toMatchObject({ bytes: 5, purpose: "user_data" });
    expect(await (await eu.files.content(file.id)).text()).toBe("hello");
    expect((await eu.files.list()).data.map(({ id }) => id)).toContain(file.id);
    await expect(us.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
    expect(await eu.files.delete(file.id)).toMatchObject({ deleted: true });
    await expect(eu.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
  });

  it("puts an upload together from its parts", async () => {
    const upload = await eu.uploads.create({
      bytes: 6,
      filename: "a.txt",
      mime_type: "text/plain",
      purpose: "user_data",
    });
    const parts = await Promise.all(
      ["abc", "def"].map(async (text) =>
        eu.uploads.parts.create(upload.id, { data: await toFile(Buffer.from(text), "p") }),
      ),
    );
    const done = await eu.uploads.complete(upload.id, { part_ids: parts.map(({ id }) => id) });
    expect(done.status).toBe("completed");
    expect(await (await eu.files.content(done.file?.id ?? "")).text()).toBe("abcdef");
  });

  it("runs a batch to its output file", async () => {
    const lines = [1, 2].map((n) => ({
      custom_id: `r${n}`,
      method: "POST",
      url: "/v1/chat/completions",
      body: { model: "gpt-5.5", messages: [] },
    }));
    const file = await eu.files.create({
      file: await toFile(Buffer.from(jsonl(lines)), "b.jsonl"),
      purpose: "batch",
    });
    const batch = await eu.batches.create({
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    });
    const done = await until(
      () => eu.batches.retrieve(batch.id),
      ({ status }) => status === "completed",
    );
    expect(done.request_counts).toEqual({ total: 2, completed: 2, failed: 0 });
    const output = await (await eu.files.content(done.output_file_id ?? "")).text();
    expect(
      output
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).custom_id),
    ).toEqual(["r1", "r2"]);
    expect((await eu.batches.list()).data).toHaveLength(1);
  });

  it("tunes a model, which then answers", async () => {
    const file = await eu.files.create({
      file: await toFile(Buffer.from("{}"), "t.jsonl"),
      purpose: "fine-tune",
    });
    const job = await eu.fineTuning.jobs.create({ model: "gpt-5.5", training_file: file.id });
    const done = await until(
      () => eu.fineTuning.jobs.retrieve(job.id),
      ({ status }) => status === "succeeded",
    );
    expect(done.fine_tuned_model).toMatch(/^ft:gpt-5\.5:/);
    expect((await eu.fineTuning.jobs.listEvents(job.id)).data.length).toBeGreaterThan(0);
    expect((await eu.fineTuning.jobs.checkpoints.list(job.id)).data).toHaveLength(1);
    const model = done.fine_tuned_model ?? "";
    const answer = await eu.chat.completions.create({ model, messages: [{ role: "user", content: "Hi" }] });
    expect(answer.choices).toHaveLength(1);
  });

  it("fills a vector store and searches it", async () => {
    const file = await eu.files.create({
      file: await toFile(Buffer.from("x"), "x.txt"),
      purpose: "assistants",
    });
    const store = await eu.vectorStores.create({ name: "s" });
    await eu.vectorStores.files.create(store.id, { file_id: file.id });
    expect((await eu.vectorStores.files.list(store.id)).data.map(({ id }) => id)).toEqual([file.id]);
    expect((await eu.vectorStores.search(store.id, { query: "q" })).data[0]?.file_id).toBe(file.id);
    const batch = await eu.vectorStores.fileBatches.create(store.id, { file_ids: [file.id] });
    expect((await eu.vectorStores.fileBatches.retrieve(batch.id, { vector_store_id: store.id })).status).toBe(
      "completed",
    );
    expect(await eu.vectorStores.files.delete(file.id, { vector_store_id: store.id })).toMatchObject({
      deleted: true,
    });
    expect(await eu.vectorStores.delete(store.id)).toMatchObject({ deleted: true });
  });
});

describe("what is stored of text", () => {
  it("keeps a chat completion that asked for it, with its messages", async () => {
    const made = await eu.chat.completions.create({
      model: "gpt-5.5",
      store: true,
      messages: [{ role: "user", content: "Hi" }],
    });
    expect((await eu.chat.completions.retrieve(made.id)).id).toBe(made.id);
    expect((await eu.chat.completions.messages.list(made.id)).data[0]).toMatchObject({ role: "user" });
    expect((await eu.chat.completions.update(made.id, { metadata: { a: "b" } })).metadata).toEqual({
      a: "b",
    });
    expect(await eu.chat.completions.delete(made.id)).toMatchObject({ deleted: true });
  });

  it("keeps a response unless told not to, streamed or not, and its input", async () => {
    const kept = await eu.responses.create({ model: "gpt-5.5", input: "Hi" });
    expect((await eu.responses.retrieve(kept.id)).id).toBe(kept.id);
    expect((await eu.responses.inputItems.list(kept.id)).data).toHaveLength(1);
    const dropped = await eu.responses.create({ model: "gpt-5.5", input: "Hi", store: false });
    await expect(eu.responses.retrieve(dropped.id)).rejects.toMatchObject({ status: 404 });
    let streamed = "";
    for await (const event of await eu.responses.create({ model: "gpt-5.5", input: "Hi", stream: true }))
      if (event.type === "response.completed") streamed = event.response.id;
    expect((await eu.responses.retrieve(streamed)).id).toBe(streamed);
    await eu.responses.delete(kept.id);
    await expect(eu.responses.retrieve(kept.id)).rejects.toMatchObject({ status: 404 });
  });

  it("answers in the background, until it is cancelled or done", async () => {
    const asked = await eu.responses.create({ model: "gpt-5.5", input: "Hi", background: true });
    expect(asked.status).toBe("queued");
    const done = await until(
      () => eu.responses.retrieve(asked.id),
      ({ status }) => status === "completed",
    );
    expect(done.output_text).toContain("simulated provider");
    const other = await eu.responses.create({ model: "gpt-5.5", input: "Hi", background: true });
    expect((await eu.responses.cancel(other.id)).status).toBe("cancelled");
    expect((await eu.responses.inputTokens.count({ input: "Hi" })).input_tokens).toBeGreaterThan(0);
  });

  it("keeps conversations with their items", async () => {
    const conversation = await eu.conversations.create({
      items: [{ type: "message", role: "user", content: "Hi" }],
    });
    const items = await eu.conversations.items.list(conversation.id);
    expect(items.data).toHaveLength(1);
    await eu.conversations.items.delete(items.data[0]?.id ?? "", { conversation_id: conversation.id });
    expect(await eu.conversations.delete(conversation.id)).toMatchObject({ deleted: true });
  });
});

describe("media", () => {
  it("speaks, writes down and translates", async () => {
    const speech = await eu.audio.speech.create({ model: "gpt-4o-tts", voice: "alloy", input: "Hi" });
    expect((await speech.arrayBuffer()).byteLength).toBe(16_384);
    const file = async () => toFile(Buffer.alloc(2_000), "a.wav");
    const model = "gpt-4o-transcribe";
    expect((await eu.audio.transcriptions.create({ file: await file(), model })).text).toContain("simulated");
    const types: string[] = [];
    for await (const event of await eu.audio.transcriptions.create({
      file: await file(),
      model,
      stream: true,
    }))
      types.push(event.type);
    expect(types).toEqual(["transcript.text.delta", "transcript.text.done"]);
    expect((await eu.audio.translations.create({ file: await file(), model: "whisper-1" })).text).toContain(
      "simulated",
    );
  });

  it("draws, edits and moderates", async () => {
    const drawn = await eu.images.generate({ model: "gpt-image-1", prompt: "A house" });
    expect(drawn.data?.[0]?.b64_json).toBeTruthy();
    const image = await toFile(Buffer.from([1]), "a.png", { type: "image/png" });
    expect((await eu.images.edit({ model: "gpt-image-1", image, prompt: "A house" })).data).toHaveLength(1);
    const events: string[] = [];
    for await (const event of await eu.images.generate({
      model: "gpt-image-1",
      prompt: "x",
      stream: true,
      partial_images: 1,
    }))
      events.push(event.type);
    expect(events).toEqual(["image_generation.partial_image", "image_generation.completed"]);
    expect((await eu.moderations.create({ input: "Hi" })).results).toHaveLength(1);
    expect((await eu.completions.create({ model: "gpt-3.5-turbo-0125", prompt: "Hi" })).choices).toHaveLength(
      1,
    );
  });
});

describe("what ended or ends", () => {
  it("runs an assistant's thread, streamed and asked for", async () => {
    const assistant = await eu.beta.assistants.create({ model: "gpt-5.5" });
    const thread = await eu.beta.threads.create({ messages: [{ role: "user", content: "Hi" }] });
    const run = await eu.beta.threads.runs.create(thread.id, { assistant_id: assistant.id });
    const done = await until(
      () => eu.beta.threads.runs.retrieve(run.id, { thread_id: thread.id }),
      ({ status }) => status === "completed",
    );
    expect(done.usage?.total_tokens).toBe(32);
    const events: string[] = [];
    for await (const event of await eu.beta.threads.runs.create(thread.id, {
      assistant_id: assistant.id,
      stream: true,
    }))
      events.push(event.event);
    expect(events.at(-1)).toBe("thread.run.completed");
    expect((await eu.beta.threads.messages.list(thread.id)).data.length).toBeGreaterThan(1);
  });

  it("keeps evals and containers", async () => {
    const made = await eu.evals.create({
      data_source_config: { type: "custom", item_schema: {} },
      testing_criteria: [],
    });
    const run = await eu.evals.runs.create(made.id, {
      data_source: { type: "jsonl", source: { type: "file_id", id: "f" } },
    });
    expect((await eu.evals.runs.retrieve(run.id, { eval_id: made.id })).status).toBe("completed");
    const container = await eu.containers.create({ name: "c" });
    const file = await eu.containers.files.create(container.id, {
      file: await toFile(Buffer.from("x"), "x.txt"),
    });
    expect(
      await (await eu.containers.files.content.retrieve(file.id, { container_id: container.id })).text(),
    ).toBe("x");
  });
});

it("answers OpenAI's 404 for what is no path of its API", async () => {
  await expect(eu.get("/no/such/path")).rejects.toMatchObject({ status: 404 });
});
