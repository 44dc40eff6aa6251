import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type SimulatedProvider, startSimulatedProvider } from "./server.ts";
import { openSimulatedClient, type SimulatedClient } from "./testing/simulated-client.ts";

let home: string;
let provider: SimulatedProvider;
let client: SimulatedClient;

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-faults-"));
  provider = await startSimulatedProvider({ home });
  client = openSimulatedClient(provider);
});

afterEach(() => provider.received.clear());

afterAll(async () => {
  await client.close();
  await provider.stop();
  rmSync(home, { recursive: true, force: true });
});

const url = "https://eu.api.openai.com/v1/chat/completions";
const ask = (model: string, more: object = {}) =>
  client.post(url, "sk-sim-eu-a", { model, messages: [{ role: "user", content: "Hello" }], ...more });

describe("answers that are no success", () => {
  it.each([
    ["sim-400", 400, "unsupported_value"],
    ["sim-429", 429, "rate_limit_exceeded"],
    ["sim-500", 500, null],
    ["sim-503", 503, null],
  ])("%s has status %i in OpenAI's shape", async (model, status, code) => {
    const answer = await ask(model);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { message: expect.any(String), code } });
  });

  it("says when to come back with 429", async () => {
    const answer = await ask("sim-429");
    await answer.body?.cancel();
    expect(answer.headers.get("retry-after")).toBe("1");
  });

  it.each([
    ["sim-redirect", "https://us.api.openai.com/v1/chat/completions"],
    ["sim-redirect-lookalike", "https://api.openai.eu/v1/chat/completions"],
  ])("%s points to another host, which nothing has reached", async (model, location) => {
    const answer = await ask(model);
    expect(answer.status).toBe(307);
    expect(answer.headers.get("location")).toBe(location);
    expect(provider.received.requests(new URL(location).hostname)).toEqual([]);
  });

  it("answers a body that is not JSON with 400", async () => {
    const answer = await client.postText(url, "sk-sim-eu-a", "{not json");
    expect(answer.status).toBe(400);
    await answer.body?.cancel();
  });
});

describe("connections that fail", () => {
  it("sim-reset ends before any answer, after the whole body arrived", async () => {
    await expect(ask("sim-reset")).rejects.toThrow();
    expect(provider.received.requests()[0]).toMatchObject({ bodyComplete: true });
  });

  it("sim-hang never answers; the caller's leaving is seen", async () => {
    const leaving = new AbortController();
    const asked = client.post(
      url,
      "sk-sim-eu-a",
      { model: "sim-hang", messages: [] },
      { signal: leaving.signal },
    );
    await expect.poll(() => provider.received.requests()[0]?.bodyComplete).toBe(true);
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => provider.received.requests()[0]?.aborted).toBe(true);
    expect(provider.received.requests()[0]?.status).toBeNull();
  });

  it.each(["sim-stream-cut", "sim-truncated"])("%s gives some of the body and then fails", async (model) => {
    const answer = await ask(model, { stream: model === "sim-stream-cut" });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it("sim-hang-stream gives the first event and then nothing", async () => {
    const answer = await ask("sim-hang-stream", { stream: true });
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value as Uint8Array).toString()).toContain("data: ");
    await reader?.cancel();
    await expect.poll(() => provider.received.requests()[0]?.aborted).toBe(true);
  });
});

describe("good answers with something odd", () => {
  it("sim-big is larger than 4 MiB", async () => {
    const answer = await ask("sim-big");
    expect((await answer.text()).length).toBeGreaterThan(4 * 1_048_576);
  });

  it("sim-garbage is a success whose body cannot be read", async () => {
    const answer = await ask("sim-garbage");
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow();
  });

  it("sim-other-project echoes a project that is not the key's", async () => {
    const [own, other] = await Promise.all([ask("gpt-5.5"), ask("sim-other-project")]);
    await Promise.all([own.text(), other.text()]);
    expect(other.headers.get("openai-project")).toMatch(/^proj_/);
    expect(other.headers.get("openai-project")).not.toBe(own.headers.get("openai-project"));
  });

  it("sim-edge-elsewhere answers from an edge outside the region", async () => {
    const answer = await ask("sim-edge-elsewhere");
    await answer.text();
    expect(answer.headers.get("cf-ray")).toMatch(/-SIN$/);
  });

  it("sim-no-headers echoes nothing", async () => {
    const answer = await ask("sim-no-headers");
    expect(await answer.json()).toMatchObject({ object: "chat.completion" });
    expect([...answer.headers.keys()].filter((name) => /openai|cf-|request-id/.test(name))).toEqual([]);
  });

  it("sim-web-search shows the hosted tool it used", async () => {
    const openai = client.openai("eu.api.openai.com", "sk-sim-eu-a");
    const answer = await openai.responses.create({
      model: "sim-web-search",
      input: "Hello",
      tools: [{ type: "web_search" }],
    });
    expect(answer.output.map(({ type }) => type)).toContain("web_search_call");
  });
});
