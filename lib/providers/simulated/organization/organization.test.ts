import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import OpenAI, { toFile } from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findProject } from "../project.ts";
import { type SimulatedProvider, startSimulatedProvider } from "../server.ts";
import { openSimulatedClient, type SimulatedClient } from "../testing/simulated-client.ts";
import { appendUsage } from "./usage-journal.ts";

let home: string;
let provider: SimulatedProvider;
let client: SimulatedClient;

const start = async () => {
  provider = await startSimulatedProvider({ home });
  client = openSimulatedClient(provider);
};
const stop = async () => {
  await client.close();
  await provider.stop();
};

beforeAll(() => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-organization-"));
});
beforeEach(async () => {
  if (client) await stop();
  rmSync(home, { recursive: true, force: true });
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(home, { recursive: true, force: true });
});

const prompt = { model: "gpt-5.5", messages: [{ role: "user" as const, content: "Where are you?" }] };
const keyOf = (residency: string) => `sk-sim-${residency}-used`;
const idOf = (residency: string) => findProject(keyOf(residency))?.id ?? "";
const admin = (key = "sk-admin-sim-a") => client.admin(key).admin.organization;
const thisHour = () => Math.floor(Date.now() / 3_600_000) * 3_600;
const use = async (residency: string, host = `${residency}.api.openai.com`) => {
  const openai = client.openai(host, keyOf(residency));
  await openai.chat.completions.create(prompt);
};
const usageOf = async (residency: string) =>
  (
    await admin().usage.completions({
      start_time: thisHour() - 3_600,
      bucket_width: "1h",
      project_ids: [idOf(residency)],
      group_by: ["project_id", "model", "batch"],
    })
  ).data.flatMap(({ results }) => results);

describe("projects", () => {
  it.each([
    ["eu", "eu.api.openai.com", "EU_STORAGE_PROCESSING", "zero_data_retention"],
    ["jpstorage", "jp.api.openai.com", "JP_STORAGE", "modified_abuse_monitoring"],
    ["ca", "ca.api.openai.com", "CA_STORAGE", "modified_abuse_monitoring"],
    ["global", "api.openai.com", "GLOBAL", "organization_default"],
    ["globalonly", "api.openai.com", "GLOBAL", "organization_default"],
  ])(
    "of a key %s is known once it was used, with its residency and retention",
    async (key, host, residency, retention) => {
      await expect(admin().projects.retrieve(idOf(key))).rejects.toMatchObject({ status: 404 });
      await client.openai(host, keyOf(key)).models.list();
      expect(await admin().projects.retrieve(idOf(key))).toMatchObject({
        id: idOf(key),
        object: "organization.project",
        status: "active",
        residency,
      });
      expect(await admin().projects.dataRetention.retrieve(idOf(key))).toEqual({
        object: "project.data_retention",
        type: retention,
      });
      expect(await admin().dataRetention.retrieve()).toMatchObject({ type: "modified_abuse_monitoring" });
    },
  );

  it("are listed page by page", async () => {
    for (const residency of ["eu", "us", "jp"]) await use(residency);
    const ids: string[] = [];
    for await (const project of admin().projects.list({ limit: 2 })) ids.push(project.id);
    expect(ids.toSorted()).toEqual(["eu", "us", "jp"].map(idOf).toSorted());
  });

  it("of keys that were refused are not known", async () => {
    await expect(client.openai("us.api.openai.com", keyOf("eu")).models.list()).rejects.toMatchObject({
      status: 401,
    });
    await expect(admin().projects.retrieve(idOf("eu"))).rejects.toMatchObject({ status: 404 });
  });
});

describe("usage", () => {
  it("counts what was answered with a success, by the model that answered, and nothing else", async () => {
    await use("eu");
    await use("eu");
    await use("us");
    const eu = client.openai("eu.api.openai.com", keyOf("eu"));
    await expect(eu.chat.completions.create({ ...prompt, model: "gpt-99" })).rejects.toThrow();
    await expect(eu.chat.completions.create({ ...prompt, model: "sim-500" })).rejects.toThrow();
    await eu.responses.create({ model: "gpt-5.5", input: "Hi", store: false });
    expect(await usageOf("eu")).toMatchObject([
      {
        object: "organization.usage.completions.result",
        num_model_requests: 3,
        model: "gpt-5.5-2026-04-23",
        project_id: idOf("eu"),
        batch: false,
      },
    ]);
  });

  it("stands in the endpoint of its kind", async () => {
    const openai = client.openai("us.api.openai.com", keyOf("us"));
    const file = await toFile(Buffer.alloc(2_000), "a.mp3");
    await openai.embeddings.create({ model: "text-embedding-3-large", input: "a" });
    await openai.moderations.create({ input: "a" });
    await openai.images.generate({ model: "gpt-image-1", prompt: "a" });
    await openai.audio.speech.create({ model: "gpt-4o-tts", voice: "alloy", input: "a" });
    await openai.audio.transcriptions.create({ model: "gpt-4o-transcribe", file });
    const { usage } = admin();
    const query = { start_time: thisHour() - 3_600, bucket_width: "1h" as const };
    const pages = await Promise.all([
      usage.embeddings(query),
      usage.moderations(query),
      usage.images(query),
      usage.audioSpeeches(query),
      usage.audioTranscriptions(query),
    ]);
    expect(
      pages.map(({ data }) => data.flatMap(({ results }) => results.map((each) => each.object))),
    ).toEqual(
      ["embeddings", "moderations", "images", "audio_speeches", "audio_transcriptions"].map((kind) => [
        `organization.usage.${kind}.result`,
      ]),
    );
    expect((await usage.completions(query)).data.flatMap(({ results }) => results)).toEqual([]);
  });

  it("counts the lines of a batch apart", async () => {
    const openai = client.openai("eu.api.openai.com", keyOf("eu"));
    const line = (id: string) =>
      JSON.stringify({ custom_id: id, method: "POST", url: "/v1/chat/completions", body: prompt });
    const file = await openai.files.create({
      file: await toFile(Buffer.from(`${line("a")}\n${line("b")}\n`), "b.jsonl"),
      purpose: "batch",
    });
    await openai.batches.create({
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    });
    await use("eu");
    const counted = await usageOf("eu");
    expect(counted.map((row) => ("batch" in row ? [row.batch, row.num_model_requests] : []))).toEqual(
      expect.arrayContaining([
        [true, 2],
        [false, 1],
      ]),
    );
  });

  it("comes in buckets and pages, from hours and days on end", async () => {
    const now = thisHour();
    const row = {
      projectId: idOf("eu"),
      residency: "eu",
      kind: "completions",
      model: "gpt-5.5-2026-04-23",
      batch: false,
      inputTokens: 1,
      outputTokens: 1,
    } as const;
    appendUsage(
      path.join(home, "provider"),
      [1, 30, 50].map((hours) => ({ ...row, hour: now - hours * 3_600, requests: hours })),
    );
    const ask = { start_time: now - 60 * 3_600, end_time: now, bucket_width: "1h" as const };
    const seen: number[] = [];
    let next: string | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof admin>["usage"]["completions"]>> =
        await admin().usage.completions({ ...ask, limit: 24, ...(next === null ? {} : { page: next }) });
      for (const { results } of page.data)
        for (const each of results) if ("num_model_requests" in each) seen.push(each.num_model_requests);
      expect(page.data.length).toBeLessThanOrEqual(24);
      next = page.has_more ? page.next_page : null;
      pages += 1;
    } while (next !== null);
    expect([pages, seen]).toEqual([3, [50, 30, 1]]);
    const days = await admin().usage.completions({ start_time: ask.start_time, bucket_width: "1d" });
    const total = days.data
      .flatMap(({ results }) => results)
      .map((each) => ("num_model_requests" in each ? each.num_model_requests : 0));
    expect(total.reduce((sum, each) => sum + each, 0)).toBe(81);
  });

  it("outlives the process, and a line that broke off costs nothing but itself", async () => {
    await use("eu");
    await stop();
    const file = path.join(home, "provider", "usage.jsonl");
    appendFileSync(file, '{"projectId":"proj_x","resid');
    await start();
    await use("eu");
    expect(await usageOf("eu")).toMatchObject([{ num_model_requests: 2 }]);
    await stop();
    await start();
    expect(await usageOf("eu")).toMatchObject([{ num_model_requests: 2 }]);
    // What was counted alike has become one line.
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(1);
  });
});

describe("who may not", () => {
  it("a project's key is refused in a plain text, an unknown one as everywhere", async () => {
    const ask = (key: string) =>
      client.get("https://api.openai.com/v1/organization/data_retention", key).then(async (answer) => ({
        status: answer.status,
        body: await answer.json(),
      }));
    expect(await ask(keyOf("global"))).toMatchObject({
      status: 403,
      body: { error: expect.stringContaining("Missing scopes") },
    });
    expect(await ask("sk-unknown")).toMatchObject({
      status: 401,
      body: { error: { code: "invalid_api_key" } },
    });
  });

  it("an admin key opens no model, and nothing at a regional host", async () => {
    const models = client.openai("api.openai.com", "sk-admin-sim-a");
    await expect(models.chat.completions.create(prompt)).rejects.toMatchObject({ status: 401 });
    const regional = await client.get(
      "https://eu.api.openai.com/v1/organization/data_retention",
      "sk-admin-sim-a",
    );
    expect(regional.status).toBe(404);
    await regional.body?.cancel();
  });

  it.each([
    ["sk-admin-sim-forbidden-a", OpenAI.PermissionDeniedError],
    ["sk-admin-sim-limited-a", OpenAI.RateLimitError],
    ["sk-admin-sim-failing-a", OpenAI.InternalServerError],
  ])("%s is answered so", async (key, error) => {
    await expect(admin(key).dataRetention.retrieve()).rejects.toThrow(error);
  });
});
