import { setTimeout as after } from "node:timers/promises";
import { type OpenAI, toFile } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientWorld, createClientWorld, operationsOf } from "../../testing/client-world.ts";

let clients: ClientWorld;
let openai: OpenAI;

beforeAll(async () => {
  clients = await createClientWorld();
  openai = clients.openai;
});
afterAll(() => clients.stop());

const text = (content: string, name = "a.txt") => toFile(Buffer.from(content), name);

describe("files.*, uploads.*", () => {
  it("pass unchanged both ways, and no name of a file is kept", async () => {
    const content = "café ☕ \u0000\u0001 end";
    const calls = await clients.callsOf(async () => {
      const file = await openai.files.create({
        file: await text(content, "secret-name.txt"),
        purpose: "user_data",
      });
      expect(file.bytes).toBe(Buffer.byteLength(content));
      await openai.files.list();
      await openai.files.retrieve(file.id);
      expect(await (await openai.files.content(file.id)).text()).toBe(content);
      await openai.files.delete(file.id);
      const upload = await openai.uploads.create({
        bytes: 6,
        filename: "secret-name.txt",
        mime_type: "text/plain",
        purpose: "user_data",
      });
      const part = await openai.uploads.parts.create(upload.id, { data: await text("abcdef") });
      const done = await openai.uploads.complete(upload.id, { part_ids: [part.id] });
      expect(done.file?.bytes).toBe(6);
      const other = await openai.uploads.create({
        bytes: 6,
        filename: "b",
        mime_type: "text/plain",
        purpose: "user_data",
      });
      await openai.uploads.cancel(other.id);
    });
    expect(operationsOf(calls)).toEqual([
      "files.create",
      "files.list",
      "files.retrieve",
      "files.content",
      "files.delete",
      "uploads.create",
      "uploads.parts.create",
      "uploads.complete",
      "uploads.create",
      "uploads.cancel",
    ]);
    expect(calls.every(({ status, call_end }) => status === 200 && call_end === "complete")).toBe(true);
    expect(JSON.stringify(calls)).not.toContain("secret-name");
  });

  it("stream: a file of many megabytes arrives whole", async () => {
    const bytes = 24 * 1_048_576;
    const [call] = await clients.callsOf(async () => {
      const file = await openai.files.create({
        file: await toFile(Buffer.alloc(bytes, 1), "big"),
        purpose: "user_data",
      });
      expect(file.bytes).toBe(bytes);
    });
    expect(call).toMatchObject({ operation: "files.create", status: 200, call_end: "complete" });
  });
});

describe("batches.*, fine_tuning.*", () => {
  it("pass, and the record names the objects that go in and come out", async () => {
    const line = {
      custom_id: "1",
      method: "POST",
      url: "/v1/embeddings",
      body: { model: "text-embedding-3-small", input: "Hi" },
    };
    const calls = await clients.callsOf(async () => {
      const file = await openai.files.create({ file: await text(JSON.stringify(line)), purpose: "batch" });
      const batch = await openai.batches.create({
        input_file_id: file.id,
        endpoint: "/v1/embeddings",
        completion_window: "24h",
      });
      await after(250);
      const done = await openai.batches.retrieve(batch.id);
      expect(done.status).toBe("completed");
      await openai.files.content(done.output_file_id ?? "");
      await openai.batches.list();
      const job = await openai.fineTuning.jobs.create({
        model: "gpt-4o-mini-2024-07-18",
        training_file: file.id,
      });
      await openai.fineTuning.jobs.listEvents(job.id);
      await openai.fineTuning.jobs.checkpoints.list(job.id);
      await openai.fineTuning.jobs.list();
      await openai.fineTuning.jobs.cancel(job.id);
    });
    expect(operationsOf(calls)).toEqual([
      "files.create",
      "batches.create",
      "batches.retrieve",
      "files.content",
      "batches.list",
      "fine_tuning.jobs.create",
      "fine_tuning.jobs.list_events",
      "fine_tuning.checkpoints.list",
      "fine_tuning.jobs.list",
      "fine_tuning.jobs.cancel",
    ]);
    expect(calls.every(({ status }) => status === 200)).toBe(true);
    expect(calls[1]?.facts.objectsUsed).toMatchObject([{ kind: "file", id: calls[0]?.provider_object_id }]);
  });
});

describe("vector_stores.*, containers.*", () => {
  it("pass with their files", async () => {
    const calls = await clients.callsOf(async () => {
      const file = await openai.files.create({ file: await text("x"), purpose: "assistants" });
      const store = await openai.vectorStores.create({ name: "s" });
      await openai.vectorStores.files.create(store.id, { file_id: file.id });
      await openai.vectorStores.files.list(store.id);
      await openai.vectorStores.search(store.id, { query: "q" });
      await openai.vectorStores.fileBatches.create(store.id, { file_ids: [file.id] });
      await openai.vectorStores.delete(store.id);
      const container = await openai.containers.create({ name: "c" });
      const made = await openai.containers.files.create(container.id, { file: await text("in a container") });
      const content = await openai.containers.files.content.retrieve(made.id, { container_id: container.id });
      expect(await content.text()).toBe("in a container");
      await openai.containers.delete(container.id);
    });
    expect(operationsOf(calls)).toEqual([
      "files.create",
      "vector_stores.create",
      "vector_stores.files.create",
      "vector_stores.files.list",
      "vector_stores.search",
      "vector_stores.file_batches.create",
      "vector_stores.delete",
      "containers.create",
      "containers.files.create",
      "containers.files.content",
      "containers.delete",
    ]);
    expect(calls.every(({ status }) => status === 200)).toBe(true);
  });
});

describe("images.*, audio.*", () => {
  it("pass: forms up, binary and streams down; the model is read wherever the form says it", async () => {
    const image = () => toFile(Buffer.from([1, 2, 3]), "a.png", { type: "image/png" });
    const wav = () => toFile(Buffer.alloc(3_000), "a.wav");
    const calls = await clients.callsOf(async () => {
      await openai.images.generate({ model: "gpt-image-1", prompt: "A house" });
      for await (const _ of await openai.images.generate({
        model: "gpt-image-1",
        prompt: "A house",
        stream: true,
        partial_images: 1,
      }));
      await openai.images.edit({ image: await image(), prompt: "A house", model: "gpt-image-1" });
      await openai.images.createVariation({ image: await image() });
      const speech = await openai.audio.speech.create({ model: "tts-1", voice: "alloy", input: "Hi" });
      expect((await speech.arrayBuffer()).byteLength).toBe(16_384);
      await openai.audio.transcriptions.create({ file: await wav(), model: "gpt-4o-transcribe" });
      for await (const _ of await openai.audio.transcriptions.create({
        file: await wav(),
        model: "gpt-4o-transcribe",
        stream: true,
      }));
      await openai.audio.translations.create({ file: await wav(), model: "whisper-1" });
    });
    expect(operationsOf(calls)).toEqual([
      "images.generate",
      "images.generate",
      "images.edit",
      "images.create_variation",
      "audio.speech.create",
      "audio.transcriptions.create",
      "audio.transcriptions.create",
      "audio.translations.create",
    ]);
    expect(calls.every(({ status, call_end }) => status === 200 && call_end === "complete")).toBe(true);
    expect(calls.map(({ model_requested }) => model_requested)).toEqual([
      "gpt-image-1",
      "gpt-image-1",
      "gpt-image-1",
      null,
      "tts-1",
      "gpt-4o-transcribe",
      "gpt-4o-transcribe",
      "whisper-1",
    ]);
    expect(calls[0]).toMatchObject({ output_tokens: 16 });
    expect(calls[1]).toMatchObject({ output_tokens: 16 });
    expect(calls[5]).toMatchObject({ output_tokens: 12 });
  });
});

describe("unknown paths", () => {
  it("pass for a policy that sends what is unknown, and are recorded as unknown", async () => {
    const [call] = await clients.callsOf(async () => {
      await expect(openai.get("/no/such/path")).rejects.toMatchObject({ status: 404 });
    });
    expect(call).toMatchObject({ operation: "unknown", status: 404 });
  });
});
