import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAuthority } from "../providers/simulated/authority.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { sendRaw } from "../testing/raw-http.ts";
import { startTlsBackend, type TlsBackend } from "../testing/tls-backend.ts";

const host = "api.openai.com";
const prompt = { model: "gpt-5.5", messages: [{ role: "user", content: "Where?" }], stream: true };
const json = JSON.stringify(prompt);

let folder: string;
let backend: TlsBackend;
let world: GatewayWorld;
let lab: WorldTenant;
/** What the provider does with the next request. */
let answer: RequestListener;
let heads: IncomingMessage["rawHeaders"][] = [];
let recorded = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "domicile-hostile-"));
  const authority = await openAuthority(folder, [host]);
  const certificate = authority.hosts[host];
  if (!certificate) throw new Error("No certificate was made.");
  backend = await startTlsBackend(certificate, (request, response) => {
    heads.push(request.rawHeaders);
    answer(request, response);
  });
  world = await createGatewayWorld({
    connectTo: [{ host, address: "127.0.0.1", port: backend.port }],
    simulatedAuthorities: authority.ca,
  });
  lab = await world.addTenant({
    slug: "lab",
    preset: "no_location_requirement",
    secret: "sk-sim-global-lab",
    hosts: [host],
  });
});

beforeEach(() => {
  heads = [];
  answer = (_request, response) => void response.end("{}");
});

afterAll(async () => {
  await world.stop();
  await backend.stop();
  rmSync(folder, { recursive: true, force: true });
});

const nextRecord = async () => (await world.recorded(lab.id, ++recorded))[recorded - 1];

function post(headers: Record<string, string> = {}, body: string = json): Promise<Response> {
  return fetch(`${world.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${lab.key}`, "content-type": "application/json", ...headers },
    body,
  });
}

const raw = (text: string): Promise<string> => sendRaw(world.gateway.port, text);

function requestText(lines: readonly string[], body = json): string {
  const head = [
    "POST /v1/chat/completions HTTP/1.1",
    "host: localhost",
    `authorization: Bearer ${lab.key}`,
    ...lines,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** Writes as fast as the other side takes it, and no faster. */
async function pour(response: ServerResponse, chunk: Buffer, bytesMax: number): Promise<number> {
  let bytes = 0;
  const closed = new Promise((resolve) => response.once("close", resolve));
  while (bytes < bytesMax && !response.destroyed) {
    bytes += chunk.byteLength;
    if (!response.write(chunk))
      await Promise.race([closed, new Promise((resolve) => response.once("drain", resolve))]);
  }
  return bytes;
}

describe("streaming", () => {
  it("gives the first byte on while the provider still waits with the second", async () => {
    let finish = (): void => {};
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: 1\n\n");
      finish = () => void response.end("data: [DONE]\n\n");
    };
    const response = await post();
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("data: 1\n\n");
    finish();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("data: [DONE]\n\n");
    await nextRecord();
  });

  it("gives the head on before any byte of the body", async () => {
    let finish = (): void => {};
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      finish = () => void response.end();
    };
    const response = await post();
    expect(response.headers.get("x-domicile-host")).toBe(host);
    finish();
    await response.text();
    await nextRecord();
  });
});

describe("a client that reads nothing", () => {
  it("stops the provider instead of filling our memory, is let go, and is recorded", async () => {
    let poured = 0;
    const bytesMax = 512 * 1024 * 1024;
    const done = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        void pour(
          response,
          Buffer.alloc(256 * 1024, `data: {"id":"${"x".repeat(1_000)}"}\n\n`),
          bytesMax,
        ).then((bytes) => {
          poured = bytes;
          resolve();
        });
      };
    });
    const before = process.memoryUsage.rss();
    const { port } = await world.startGateway({ stallMsMax: 400 });
    const socket: Socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.pause();
    socket.write(requestText([`content-length: ${json.length}`]));
    await done;
    expect(poured).toBeLessThan(64 * 1024 * 1024);
    expect(process.memoryUsage.rss() - before).toBeLessThan(96 * 1024 * 1024);
    socket.destroy();
    expect(await nextRecord()).toMatchObject({ call_end: "client_abort", status: 200 });
  });
});

describe("a provider whose line never ends", () => {
  it("passes, and the answer counts as unread", async () => {
    const bytesMax = 16 * 1024 * 1024;
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      void pour(response, Buffer.alloc(1024 * 1024, "x"), bytesMax).then(() => response.end());
    };
    const response = await post();
    let bytes = 0;
    for await (const chunk of response.body ?? []) bytes += chunk.byteLength;
    expect(bytes).toBe(bytesMax);
    expect(await nextRecord()).toMatchObject({ call_end: "complete", facts: { responseBody: "unread" } });
  });
});

describe("a provider that speaks no clean HTTP", () => {
  const answerRaw = (text: string): void => {
    answer = (request) => void request.socket.end(Buffer.from(text));
  };

  it.each([
    ["no HTTP at all", "hello\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"],
    ["a change of protocol", "HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"],
    ["a head without an end", `HTTP/1.1 200 OK\r\nx-a: ${"y".repeat(100_000)}`],
    ["nothing", ""],
  ])("is answered for: %s; what was sent is recorded", async (_what, text) => {
    answerRaw(text);
    const response = await post();
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: "upstream_failed" } });
    expect(await nextRecord()).toMatchObject({ call_end: "upstream_failed" });
  });

  it.each([
    ["letters beyond ASCII", "x-request-id: r\u2603q"],
    ["a control character", "openai-version: a\u0001b"],
  ])("does not end the gateway with %s in a header", async (_what, line) => {
    answerRaw(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${line}\r\ncontent-length: 2\r\n\r\n{}`);
    const response = await post();
    expect([200, 502]).toContain(response.status);
    await response.text();
    await nextRecord();
    expect((await fetch(new URL("/healthz", world.baseUrl))).status).toBe(200);
  });
});

describe("requests that two parsers could read differently", () => {
  it.each([
    ["two lengths", ["content-length: 5", `content-length: ${json.length}`], json],
    [
      "a length and chunks",
      [`content-length: ${json.length}`, "transfer-encoding: chunked"],
      "0\r\n\r\nGET /v1/models HTTP/1.1\r\n\r\n",
    ],
    ["an unknown coding after chunks", ["transfer-encoding: chunked, identity"], json],
    ["a folded header", ["x-a: 1\r\n b", `content-length: ${json.length}`], json],
    ["a bare line feed in the head", ["x-a: 1\nx-b: 2", `content-length: ${json.length}`], json],
    ["a blank before the colon", [`content-length : ${json.length}`], json],
    ["a negative length", ["content-length: -1"], json],
    ["a NUL in a value", ["x-a: \0", `content-length: ${json.length}`], json],
    ["a chunk size that is none", ["transfer-encoding: chunked"], "zz\r\n"],
  ])("are refused: %s", async (_what, lines, body) => {
    const got = await raw(requestText(lines, body));
    expect(got).toMatch(/^HTTP\/1\.1 400 /);
    expect(got).toContain("invalid_http");
    expect(got.match(/^HTTP\/1\.1 /gm)?.length).toBe(1);
    expect(heads).toEqual([]);
  });

  it("a second request behind a first one is a request of its own, with its own answer and record", async () => {
    const lines = [`content-length: ${json.length}`];
    const got = await raw(requestText(lines) + requestText([...lines, "connection: close"]));
    expect(got.match(/HTTP\/1\.1 200/g)?.length).toBe(2);
    await nextRecord();
    await nextRecord();
  });

  it("an absolute address names no other host", async () => {
    const got = await raw(
      requestText([`content-length: ${json.length}`, "connection: close"]).replace(
        "POST /v1",
        "POST https://evil.example/v1",
      ),
    );
    expect(got).toMatch(/^HTTP\/1\.1 404 /);
    expect(heads).toEqual([]);
  });

  it("a change of protocol is not made", async () => {
    const got = await raw(
      requestText([`content-length: ${json.length}`, "connection: close, upgrade", "upgrade: h2c"]),
    );
    expect(got).not.toMatch(/^HTTP\/1\.1 101/);
    if (heads.length > 0) await nextRecord();
    expect(heads.flat().map((text) => text.toLowerCase())).not.toContain("upgrade");
  });

  it("headers that Connection names stay here like every other that is not on the list", async () => {
    await raw(
      requestText([
        `content-length: ${json.length}`,
        "connection: close, x-secret",
        "x-secret: 1",
        "te: trailers",
      ]),
    );
    await nextRecord();
    const names = heads[0]?.filter((_text, at) => at % 2 === 0).map((name) => name.toLowerCase());
    expect(names?.sort()).toEqual(["authorization", "connection", "content-length", "host"]);
  });

  it("a request without Host is refused in the shape of every other error", async () => {
    const got = await raw(requestText([`content-length: ${json.length}`]).replace("host: localhost\r\n", ""));
    expect(got).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(got.slice(got.indexOf("\r\n\r\n")))).toMatchObject({ error: { code: "invalid_http" } });
    expect(heads).toEqual([]);
  });

  it("CONNECT is answered and makes no tunnel", async () => {
    const got = await raw(`CONNECT ${host}:443 HTTP/1.1\r\nhost: ${host}:443\r\n\r\n`);
    expect(got).toMatch(/^HTTP\/1\.1 404 /);
    expect(JSON.parse(got.slice(got.indexOf("\r\n\r\n")))).toMatchObject({ error: { code: "unknown_path" } });
    expect(heads).toEqual([]);
  });

  it.each([
    ["a key of nobody", "Bearer dom_x"],
    ["a provider's key", "bearer sk-sim-eu-own"],
    ["nothing", ""],
  ])("two Authorization headers are refused: the second is %s", async (_what, second) => {
    const lines = [`authorization: ${second}`, `content-length: ${json.length}`, "connection: close"];
    const got = await raw(requestText(lines));
    expect(got).toMatch(/^HTTP\/1\.1 400 /);
    expect(got).toContain("invalid_http");
    expect(heads).toEqual([]);
  });

  it("one Authorization header said twice is one", async () => {
    const got = await raw(
      requestText([
        `authorization: Bearer ${lab.key}`,
        `content-length: ${json.length}`,
        "connection: close",
      ]),
    );
    expect(got).toMatch(/^HTTP\/1\.1 200 /);
    await nextRecord();
  });

  it("a head beyond 16 KiB is refused", async () => {
    const got = await raw(requestText([`x-a: ${"y".repeat(17_000)}`, `content-length: ${json.length}`]));
    expect(got).toMatch(/^HTTP\/1\.1 431 /);
    expect(got).toContain("header_too_large");
  });

  it("a request that does not arrive is ended", async () => {
    const { port } = await world.startGateway({ requestTimeoutMs: 500 });
    const got = await sendRaw(port, requestText(["content-length: 100"], "{"));
    expect(got).toMatch(/^HTTP\/1\.1 408 /);
    expect(heads).toEqual([]);
  });
});

describe("the answer's head", () => {
  it("is the allowed part of the provider's, and ours cannot be forged by it", async () => {
    answer = (_request, response) => {
      response.writeHead(200, {
        "content-type": "application/json",
        "set-cookie": "a=b",
        "x-domicile-region": "eu",
        "x-domicile-call-id": "forged",
        "strict-transport-security": "max-age=1",
        "x-envoy-upstream-service-time": "3",
        "openai-processing-ms": "12",
        "x-ratelimit-remaining-tokens": "9",
        "cf-ray": "98b6e66b4a5bcd2b-PRG",
      });
      response.end("{}");
    };
    const response = await post();
    await response.text();
    const call = await nextRecord();
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      "x-domicile-region": "global",
      "x-domicile-call-id": call?.id,
      "openai-processing-ms": "12",
      "x-ratelimit-remaining-tokens": "9",
    });
    for (const name of ["set-cookie", "strict-transport-security", "x-envoy-upstream-service-time", "cf-ray"])
      expect(headers).not.toHaveProperty(name);
    expect(call?.attempts[0]?.evidence).toMatchObject({ echo: { edgeCode: "PRG", processingMs: 12 } });
  });
});
