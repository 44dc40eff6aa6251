import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import os from "node:os";
import path from "node:path";
import type { Duplex } from "node:stream";
import OpenAI from "openai";
import { Agent, buildConnector, ProxyAgent, fetch as undiciFetch } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createRecorder, type Recorder } from "../../public/recorder/domicile-recorder.mjs";
import type { IntakeRecord } from "../contracts/intake.ts";
import { type SimulatedProvider, startSimulatedProvider } from "../providers/simulated/server.ts";
import { buildRecorder, publishedRecorder } from "./build-recorder.ts";
import type { createRecorder as createOwn } from "./recorder.ts";
import { type Collector, startCollector } from "./testing/collector.ts";

const key = "sk-sim-eu-recorder";
let home: string;
let provider: SimulatedProvider;
let agent: Agent;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-recorder-"));
  provider = await startSimulatedProvider({ home });
  const connect = buildConnector({ ca: readFileSync(provider.caFile) });
  agent = new Agent({
    connect: (to, done) =>
      connect(
        {
          ...to,
          host: "127.0.0.1",
          hostname: "127.0.0.1",
          port: String(provider.port),
          servername: to.hostname,
        },
        done,
      ),
  });
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

afterAll(async () => {
  await agent.destroy();
  await provider.stop();
  rmSync(home, { recursive: true });
});

/** The published file, around undici's `fetch`, before a collector. */
async function begin(
  given: Partial<Parameters<typeof createRecorder>[0]> & { collector?: Collector } = {},
): Promise<{ recorder: Recorder; collector: Collector; openai: (host?: string) => OpenAI }> {
  const { collector = await startCollector(), ...options } = given;
  const through = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
    undiciFetch(input as string, { ...(init as object), dispatcher: agent }) as unknown as Promise<Response>;
  const recorder = createRecorder({
    url: collector.url,
    key: "dom_test",
    fetch: through,
    everyMs: 5,
    ...options,
  });
  cleanups.push(collector.stop, () => recorder.close(50));
  const openai = (host = "eu.api.openai.com"): OpenAI =>
    new OpenAI({ baseURL: `https://${host}/v1`, apiKey: key, maxRetries: 0, fetch: recorder.fetch });
  return { recorder, collector, openai };
}

const messages = [{ role: "user" as const, content: "SECRET PROMPT" }];

/** Where nobody listens any more. */
async function closedUrl(): Promise<string> {
  const gone = await startCollector();
  await gone.stop();
  return gone.url;
}

/** A forward proxy that leads every tunnel to one port. */
async function startProxy(to: number) {
  let tunnels = 0;
  const server = createServer((_, response) => response.writeHead(500).end());
  const open = new Set<Duplex>();
  server.on("connect", (_, socket: Duplex) => {
    tunnels++;
    const onward = connect(to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    for (const each of [socket, onward]) {
      open.add(each);
      each.on("error", () => undefined);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    tunnels: () => tunnels,
    async stop() {
      for (const each of open) each.destroy();
      server.close();
    },
  };
}

async function only(collector: Collector): Promise<IntakeRecord> {
  const [record, ...more] = await collector.taken(1);
  expect(more).toEqual([]);
  if (!record) throw new Error("No record came.");
  return record;
}

describe("a call of the real client", () => {
  it("is recorded with its socket, its answer's facts, and none of its content", async () => {
    const { collector, openai } = await begin({ application: "chatbot" });
    const answer = await openai().chat.completions.create({ model: "gpt-5", messages, store: false });
    expect(answer.choices[0]?.message.content).toBeTruthy();
    const record = await only(collector);
    expect(record).toMatchObject({
      host: "eu.api.openai.com",
      hostSource: "log",
      socket: {
        address: "127.0.0.1",
        port: provider.port,
        tlsName: "eu.api.openai.com",
        tlsVerified: true,
        tlsProtocol: "TLSv1.3",
      },
      method: "POST",
      path: "/v1/chat/completions",
      model: "gpt-5",
      modelAnswered: answer.model,
      stream: false,
      store: false,
      requestRead: true,
      answerRead: true,
      status: 200,
      progress: "sent",
      usage: { inputTokens: answer.usage?.prompt_tokens, outputTokens: answer.usage?.completion_tokens },
      responseId: answer.id,
      finishReason: "stop",
      application: "chatbot",
      echo: { requestId: answer._request_id },
    });
    // A whole answer has no first token that could be told from its last.
    expect(record.ttftMs).toBeUndefined();
    expect(record.socket?.peerKeySha256).toMatch(/^[0-9a-f]{64}$/);
    expect(collector.text()).not.toContain("SECRET");
    expect(collector.text()).not.toContain(answer.choices[0]?.message.content ?? "?");
    expect(collector.text()).not.toContain(key);
  });

  it("is recorded to the end of its stream, as the program reads it", async () => {
    const { collector, openai } = await begin();
    const stream = await openai().chat.completions.create({
      model: "gpt-5",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let outputTokens: number | undefined;
    for await (const chunk of stream) outputTokens = chunk.usage?.completion_tokens ?? outputTokens;
    const record = await only(collector);
    expect(record).toMatchObject({
      stream: true,
      answerRead: true,
      status: 200,
      finishReason: "stop",
      usage: { outputTokens },
    });
    expect(record.ttftMs).toBeGreaterThanOrEqual(0);
  });

  it("of the Responses API tells what it keeps and which tools it was given", async () => {
    const { collector, openai } = await begin();
    await openai().responses.create({
      model: "gpt-5",
      input: "SECRET PROMPT",
      tools: [{ type: "web_search" }],
      previous_response_id: "resp_1",
      background: false,
    });
    expect(await only(collector)).toMatchObject({
      path: "/v1/responses",
      background: false,
      featuresOffered: ["web_search"],
      storedStateRefs: ["previous_response_id"],
    });
  });

  it("that names more tools than a record takes is told as one that was not read whole", async () => {
    const { collector, recorder } = await begin();
    const tools = Array.from({ length: 40 }, (_, at) => ({ type: `tool_${at}` }));
    const answer = await recorder.fetch("https://eu.api.openai.com/v1/responses", {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "gpt-5", input: "SECRET PROMPT", tools }),
    });
    await answer.text();
    const record = await only(collector);
    expect(record).toMatchObject({ requestRead: false });
    expect(record.featuresOffered).toHaveLength(32);
  });

  it("that the provider refuses is recorded with the provider's code, not its words", async () => {
    const { collector, openai } = await begin();
    await expect(
      openai("us.api.openai.com").chat.completions.create({ model: "gpt-5", messages }),
    ).rejects.toThrow("401");
    expect(await only(collector)).toMatchObject({
      host: "us.api.openai.com",
      status: 401,
      errorCode: "incorrect_hostname",
    });
    expect(collector.text()).not.toContain("make your request");
  });

  it("that never came about was never sent", async () => {
    const { collector, recorder } = await begin({ fetch: globalThis.fetch });
    const refused = `${await closedUrl()}/v1/chat/completions`;
    await expect(recorder.fetch(refused, { method: "POST", body: "{}" })).rejects.toThrow("fetch failed");
    const record = await only(collector);
    expect(record).toMatchObject({ progress: "not_sent", failure: "tcp" });
    expect(record.status).toBeUndefined();
  });

  it.each([
    ["sim-stream-cut", true],
    ["sim-truncated", false],
    ["sim-reset", false],
  ])("whose answer breaks off (%s) is told as cut", async (model, stream) => {
    const { collector, openai } = await begin();
    const run = async (): Promise<void> => {
      const answer = await openai().chat.completions.create({ model, messages, stream });
      if (Symbol.asyncIterator in answer) for await (const chunk of answer) void chunk;
    };
    await expect(run()).rejects.toThrow();
    expect(await only(collector)).toMatchObject({ failure: "reset", answerRead: false, progress: "sent" });
  });

  it("that the program aborts is told as aborted, and the transfer stops", async () => {
    const { collector, openai } = await begin();
    const stream = await openai().chat.completions.create({
      model: "sim-hang-stream",
      messages,
      stream: true,
    });
    for await (const chunk of stream) {
      void chunk;
      break;
    }
    expect(await only(collector)).toMatchObject({ failure: "aborted", answerRead: false, status: 200 });
  });

  it("behind a proxy is one call to its own host, and the proxy's address is not told for it", async () => {
    const proxy = await startProxy(provider.port);
    const dispatcher = new ProxyAgent({
      uri: `http://127.0.0.1:${proxy.port}`,
      requestTls: { ca: readFileSync(provider.caFile) },
    });
    cleanups.push(proxy.stop, () => dispatcher.close());
    const { collector, openai } = await begin({
      fetch: (input, init) =>
        undiciFetch(input as string, { ...(init as object), dispatcher }) as unknown as Promise<Response>,
    });
    // The second goes through the first one's tunnel.
    for (let n = 0; n < 2; n++) await openai().chat.completions.create({ model: "gpt-5", messages });
    const records = await collector.taken(2);
    expect(proxy.tunnels()).toBe(1);
    expect(records).toHaveLength(2);
    for (const record of records) {
      expect(record).toMatchObject({
        host: "eu.api.openai.com",
        hostSource: "log",
        status: 200,
        progress: "sent",
        responseId: expect.stringMatching(/^chatcmpl-/),
        socket: { tlsName: "eu.api.openai.com", tlsVerified: true },
      });
      expect(record.clientId).not.toContain(".");
      expect(record.socket).not.toHaveProperty("address");
      expect(record.socket).not.toHaveProperty("port");
    }
  });

  it("without TLS behind a proxy is a label: who dials for the program is not seen", async () => {
    const plain = createServer((request, response) => {
      request.resume();
      response.setHeader("content-type", "application/json").end('{"id":"chatcmpl-plain"}');
    });
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const { port } = plain.address() as AddressInfo;
    const dispatcher = new ProxyAgent({ uri: `http://127.0.0.1:${port}`, proxyTunnel: false });
    cleanups.push(
      async () => void plain.close(),
      () => dispatcher.close(),
    );
    const { recorder, collector } = await begin({
      fetch: (input, init) =>
        undiciFetch(input as string, { ...(init as object), dispatcher }) as unknown as Promise<Response>,
    });
    await (
      await recorder.fetch("http://api.openai.com/v1/chat/completions", { method: "POST", body: "{}" })
    ).text();
    const record = await only(collector);
    expect(record).toMatchObject({
      host: "api.openai.com",
      hostSource: "label",
      path: "/v1/chat/completions",
      status: 200,
    });
    expect(record.socket ?? {}).toEqual({});
  });

  it.each([600, 999])(
    "with a status of %i, which no response can be made with, is handed on as it came",
    async (status) => {
      const odd = createServer((request, response) => {
        request.resume();
        response.writeHead(status, { "content-type": "application/json", "x-domicile-call-id": "none" });
        response.end('{"id":"x"}');
      });
      await new Promise<void>((resolve) => odd.listen(0, "127.0.0.1", resolve));
      cleanups.push(async () => void odd.close());
      const { recorder, collector } = await begin({
        fetch: (input, init) => undiciFetch(input as string, init as object) as unknown as Promise<Response>,
      });
      const { port } = odd.address() as AddressInfo;
      const response = await recorder.fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
        method: "POST",
        body: "{}",
      });
      expect([response.status, await response.text()]).toEqual([status, '{"id":"x"}']);
      const record = await only(collector);
      expect(record).toMatchObject({ host: `127.0.0.1:${port}`, progress: "sent", answerRead: false });
      expect(record.status).toBeUndefined();
      // The id is anybody's header; what is none would have the whole record refused.
      expect(record.gatewayCallId).toBeUndefined();
    },
  );

  it("of a program whose clock is set back meanwhile ends no earlier than it began", async () => {
    const { recorder, collector } = await begin({
      fetch: async () => {
        const { now } = Date;
        vi.spyOn(Date, "now").mockImplementation(() => now() - 60_000);
        return Response.json({});
      },
    });
    cleanups.push(async () => void vi.restoreAllMocks());
    await (
      await recorder.fetch("https://eu.api.openai.com/v1/embeddings", { method: "POST", body: "{}" })
    ).text();
    const { startedAt, endedAt } = await only(collector);
    expect(Date.parse(endedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(startedAt));
  });

  it("that is redirected is two requests, each to its own host", async () => {
    const { collector, openai } = await begin();
    await openai()
      .chat.completions.create({ model: "sim-redirect", messages })
      .catch(() => undefined);
    const records = await collector.taken(2);
    expect(records.map(({ host, status }) => [host, status])).toEqual([
      ["eu.api.openai.com", 307],
      ["us.api.openai.com", expect.any(Number)],
    ]);
  });

  it("behind a `fetch` that shows no socket is known by its name alone", async () => {
    const blind = async (): Promise<Response> =>
      new Response('{"id":"chatcmpl-1","model":"gpt-5"}', {
        headers: { "content-type": "application/json" },
      });
    const { collector, recorder } = await begin({ fetch: blind });
    const response = await recorder.fetch("https://api.openai.com/v1/chat/completions", {
      method: "POST",
      body: '{"model":"gpt-5"}',
    });
    await response.json();
    const record = await only(collector);
    expect(record).toMatchObject({ host: "api.openai.com", hostSource: "label", responseId: "chatcmpl-1" });
    expect(record.socket).toBeUndefined();
  });
});

describe("what is no call", () => {
  it("is passed on untouched", async () => {
    const same = new Response("hello");
    const { collector, recorder } = await begin({ fetch: async () => same });
    expect(await recorder.fetch("https://shop.example/v1/orders")).toBe(same);
    expect(recorder.stats().recorded).toBe(0);
    expect(collector.requests()).toBe(0);
  });
});

describe("a response", () => {
  it("is what it was: address, head and bytes, also to a reader with a buffer of its own", async () => {
    const { recorder } = await begin();
    const post = (): Promise<Response> =>
      recorder.fetch("https://eu.api.openai.com/v1/chat/completions", {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "gpt-5", messages }),
      });
    const response = await post();
    expect(response).toMatchObject({
      url: "https://eu.api.openai.com/v1/chat/completions",
      status: 200,
      redirected: false,
      type: "basic",
    });
    expect(response.headers.get("x-request-id")).toBeTruthy();
    expect(response.bodyUsed).toBe(false);
    expect(await response.clone().json()).toMatchObject({ object: "chat.completion" });
    const reader = (await post()).body?.getReader({ mode: "byob" });
    let bytes = 0;
    for (;;) {
      const part = await reader?.read(new Uint8Array(64));
      if (!part || part.done) break;
      bytes += part.value.byteLength;
    }
    expect(bytes).toBeGreaterThan(50);
  });
});

describe("the collector", () => {
  it("that is dead costs a call nothing; what finds no place is counted", async () => {
    const { recorder, openai } = await begin({ url: await closedUrl(), waitingMax: 3 });
    for (let n = 0; n < 5; n++) await openai().chat.completions.create({ model: "gpt-5", messages });
    await recorder.close(20);
    expect(recorder.stats()).toEqual({ recorded: 5, waiting: 0, sent: 0, refused: 0, dropped: 5 });
  });

  it("that never answers holds up no call and no end", async () => {
    const collector = await startCollector(() => true);
    const { recorder, openai } = await begin({ collector, timeoutMs: 60_000 });
    await openai().chat.completions.create({ model: "gpt-5", messages });
    await openai().chat.completions.create({ model: "gpt-5", messages });
    await recorder.close(20);
    expect(recorder.stats()).toMatchObject({ recorded: 2, sent: 0 });
  });

  it("that is overloaded gets the same records again, under the same ids", async () => {
    const collector = await startCollector((response, n) => {
      if (n > 2) return false;
      response.writeHead(n === 1 ? 429 : 503, { "retry-after": "0" }).end();
      return true;
    });
    const { recorder, openai } = await begin({ collector });
    await openai().chat.completions.create({ model: "gpt-5", messages });
    expect(await collector.taken(1)).toHaveLength(1);
    await recorder.flush();
    expect(recorder.stats()).toMatchObject({ recorded: 1, sent: 1, dropped: 0, waiting: 0 });
  });

  it("that does not know the key gets nothing twice, and it is counted", async () => {
    const collector = await startCollector((response) => {
      response.writeHead(401).end("{}");
      return true;
    });
    const { recorder, openai } = await begin({ collector });
    await openai().chat.completions.create({ model: "gpt-5", messages });
    await recorder.flush();
    expect(recorder.stats()).toMatchObject({ refused: 1, waiting: 0 });
    expect(collector.requests()).toBe(1);
  });
});

it("wraps the global fetch and gives it back, and a closed one lets calls pass", async () => {
  const { recorder, collector } = await begin({ fetch: async () => new Response(null, { status: 204 }) });
  const before = globalThis.fetch;
  const back = recorder.install();
  await fetch("https://api.openai.com/v1/models");
  back();
  expect(globalThis.fetch).toBe(before);
  expect(await only(collector)).toMatchObject({ method: "GET", path: "/v1/models", status: 204 });
  await recorder.close();
  expect((await recorder.fetch("https://api.openai.com/v1/models")).status).toBe(204);
  expect(recorder.stats().recorded).toBe(1);
});

it("is published as it is made from its source, with the types it has", async () => {
  expect(readFileSync(publishedRecorder, "utf8")).toBe(await buildRecorder());
  const typed: typeof createOwn = createRecorder;
  const back: typeof createRecorder = typed;
  expect(back).toBe(createRecorder);
});
