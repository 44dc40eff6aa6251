import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { brotliCompressSync, createGzip, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createExactWorld, type ExactWorld, mib, sha256, takingAll } from "../testing/exact-world.ts";
import { answersIn, openUnread, sendRaw } from "../testing/raw-http.ts";

/** Answers that cost their reader more than their sender, and connections that end in the wrong place. */
let exact: ExactWorld;

const json = JSON.stringify({
  model: "gpt-5.5",
  stream: true,
  messages: [{ role: "user", content: "Where?" }],
});
const type = { "content-type": "application/json" };
const events = "text/event-stream; charset=utf-8";

const completion = Buffer.from(
  JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    model: "gpt-5.5-2026-03-05",
    choices: [{ index: 0, message: { role: "assistant", content: "é".repeat(300) }, finish_reason: "stop" }],
    usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
  }),
);
const chunk = JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  model: "gpt-5.5-2026-03-05",
  choices: [],
});
const last = chunk.replace('"choices":[]', '"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}');
const stream = Buffer.from(`data: ${chunk}\n\ndata: ${last}\n\ndata: [DONE]\n\n`);
const read = { input_tokens: 11, output_tokens: 7, model_answered: "gpt-5.5-2026-03-05" };

beforeAll(async () => {
  exact = await createExactWorld();
});

beforeEach(() => exact.answerWith(takingAll));

afterAll(() => exact.stop());

const ask = () => exact.send("/v1/chat/completions", [Buffer.from(json)], { headers: type });
const nextRecord = () => exact.nextRecord(exact.lab);

function requestText(lines: readonly string[] = []): string {
  const head = [
    "POST /v1/chat/completions HTTP/1.1",
    "host: localhost",
    `authorization: Bearer ${exact.lab.key}`,
    "content-type: application/json",
    `content-length: ${json.length}`,
    ...lines,
  ];
  return `${head.join("\r\n")}\r\n\r\n${json}`;
}

const answering =
  (headers: Record<string, string>, body: Buffer): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(200, headers);
    response.end(body);
  };

/** Writes as fast as the other side takes it, and no faster; answers how much that was. */
async function pour(response: ServerResponse, piece: Buffer, bytesMax: number): Promise<number> {
  let bytes = 0;
  const closed = once(response, "close").catch(() => {});
  while (bytes < bytesMax && !response.destroyed) {
    bytes += piece.byteLength;
    if (!response.write(piece)) await Promise.race([closed, once(response, "drain").catch(() => {})]);
  }
  return bytes;
}

const rssMib = (): number => process.memoryUsage().rss / mib;

describe("compressed answers reach the caller as they are, and are read", () => {
  const codings = [
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
    ["deflate", deflateSync],
  ] as const;

  it.each(codings)("%s", async (coding, compress) => {
    for (const [contentType, body] of [
      ["application/json", completion],
      [events, stream],
    ] as const) {
      const bytes = compress(body);
      exact.answerWith(answering({ "content-type": contentType, "content-encoding": coding }, bytes));
      const sent = await ask();
      expect(sha256(sent.body)).toBe(sha256(bytes));
      expect(sent.headers).toMatchObject({ "content-encoding": coding, "content-type": contentType });
      expect(await nextRecord()).toMatchObject({ ...read, facts: { responseBody: "read" } });
    }
  });

  it.each([
    ["the same coding twice", ["gzip", "gzip"], "read"],
    ["a coding and none", ["gzip", "identity"], "unread"],
  ])("in a head that names %s", async (_what, codings, responseBody) => {
    const bytes = gzipSync(completion);
    exact.answerWith((request, response) => {
      request.resume();
      response.setHeader("content-type", ["application/json", "application/json"]);
      response.setHeader("content-encoding", codings);
      response.end(bytes);
    });
    const sent = await ask();
    expect([sent.status, sha256(sent.body)]).toEqual([200, sha256(bytes)]);
    expect(await nextRecord()).toMatchObject({ call_end: "complete", facts: { responseBody } });
  });

  it("an event leaves when it comes, though it is compressed", async () => {
    const zip = createGzip();
    exact.answerWith((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": events, "content-encoding": "gzip" });
      zip.pipe(response);
      zip.write(`data: ${chunk}\n\n`);
      zip.flush();
    });
    const response = await fetch(`${exact.world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: { ...type, authorization: `Bearer ${exact.lab.key}` },
      body: json,
    });
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(`data: ${chunk}\n\n`);
    zip.end(`data: ${last}\n\ndata: [DONE]\n\n`);
    while (!(await reader?.read())?.done);
    expect(await nextRecord()).toMatchObject({ ...read, facts: { responseBody: "read" } });
  });
});

describe("answers that nobody can read pass unchanged", () => {
  const zeros = Buffer.alloc(80 * mib);
  it.each([
    ["a bomb of gzip", "application/json", "gzip", gzipSync(zeros)],
    ["a bomb of gzip as events", events, "gzip", gzipSync(zeros)],
    ["a bomb of brotli", "application/json", "br", brotliCompressSync(zeros, { params: { 1: 4 } })],
    ["a bomb of zstd as events", events, "zstd", zstdCompressSync(zeros)],
    ["a coding nobody knows", "application/json", "compress", completion],
    ["what is not what it says", "application/json", "gzip", completion],
    ["a cut copy", "application/json", "br", brotliCompressSync(completion).subarray(0, -4)],
    ["letters that are none", "application/json", "identity", Buffer.from('{"model":"\xff\xfe"}', "latin1")],
    [
      "letters that are none, as events",
      events,
      "identity",
      Buffer.from('data: {"model":"\xc3("}\n\n', "latin1"),
    ],
    ["JSON that is deep", "application/json", "identity", Buffer.from("[".repeat(8 * mib))],
    ["events that are deep", events, "identity", Buffer.from(`data: {"x":${"[".repeat(3 * mib)}\n\n`)],
    ["six million events in one line", events, "identity", Buffer.from(`data: [${"[],".repeat(mib)}[]]\n\n`)],
  ])("%s", async (_what, contentType, coding, body) => {
    exact.answerWith(answering({ "content-type": contentType, "content-encoding": coding }, body));
    const before = rssMib();
    const began = performance.now();
    expect(sha256((await ask()).body)).toBe(sha256(body));
    expect(await nextRecord()).toMatchObject({
      call_end: "complete",
      model_answered: null,
      facts: { responseBody: "unread" },
    });
    expect(rssMib() - before).toBeLessThan(256);
    expect(performance.now() - began).toBeLessThan(60_000);
  });

  it("a line of 128 MiB without an end is in no memory of ours", async () => {
    const bytesMax = 128 * mib;
    exact.answerWith((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": events });
      void pour(response, Buffer.alloc(mib, "x"), bytesMax).then(() => response.end());
    });
    const before = rssMib();
    let bytes = 0;
    let peak = 0;
    const response = await fetch(`${exact.world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: { ...type, authorization: `Bearer ${exact.lab.key}` },
      body: json,
    });
    for await (const piece of response.body ?? []) {
      bytes += piece.byteLength;
      peak = Math.max(peak, rssMib());
    }
    expect(bytes).toBe(bytesMax);
    expect(peak - before).toBeLessThan(96);
    expect(await nextRecord()).toMatchObject({ facts: { responseBody: "unread" } });
  });

  it("a provider that sends byte by byte is read like any other", async () => {
    exact.answerWith(async (request, response) => {
      request.resume();
      response.socket?.setNoDelay(true);
      response.writeHead(200, { "content-type": events });
      for (const byte of stream) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    expect((await ask()).body.equals(stream)).toBe(true);
    expect(await nextRecord()).toMatchObject({ ...read, facts: { responseBody: "read" } });
  });
});

describe("callers that read nothing", () => {
  let port: number;
  beforeAll(async () => {
    ({ port } = await exact.world.startGateway({ stallMsMax: 500 }));
  });

  it("however many they are, and whatever the answer is, fill no memory, are let go and recorded", async () => {
    const callers = 12;
    const kinds = [
      { headers: { "content-type": events }, piece: Buffer.alloc(64 * 1024, `data: ${chunk}\n\n`) },
      { headers: { "content-type": "application/json" }, piece: Buffer.alloc(64 * 1024, " ") },
      {
        headers: { "content-type": events, "content-encoding": "gzip" },
        piece: gzipSync(Buffer.alloc(8 * mib, "x")),
      },
      { headers: { "content-type": "audio/mpeg" }, piece: Buffer.alloc(64 * 1024) },
    ];
    let asked = 0;
    const poured: Promise<number>[] = [];
    exact.answerWith((request, response) => {
      request.resume();
      response.on("error", () => {});
      const { headers, piece } = kinds[asked++ % kinds.length] ?? kinds[0] ?? { headers: {}, piece: stream };
      response.writeHead(200, headers);
      poured.push(pour(response, piece, 512 * mib));
    });
    const before = rssMib();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, rssMib());
    }, 20);
    const sockets: Socket[] = Array.from({ length: callers }, () => openUnread(port, requestText()));
    for (let call = 0; call < callers; call += 1)
      expect(await nextRecord()).toMatchObject({ call_end: "client_abort", status: 200 });
    clearInterval(watch);
    const bytes = (await Promise.all(poured)).reduce((sum, each) => sum + each, 0);
    for (const socket of sockets) socket.destroy();
    expect(bytes).toBeLessThan(callers * 24 * mib);
    expect(peak - before).toBeLessThan(128);
  });

  it("one that asks twenty times on one connection is held back like one that asks once", async () => {
    const calls = 20;
    const poured: Promise<number>[] = [];
    exact.answerWith((request, response) => {
      request.resume();
      response.on("error", () => {});
      response.writeHead(200, { "content-type": events });
      poured.push(pour(response, Buffer.alloc(256 * 1024, `data: ${chunk}\n\n`), 512 * mib));
    });
    const before = rssMib();
    const socket = openUnread(port, requestText().repeat(calls));
    for (let call = 0; call < calls; call += 1)
      expect(await nextRecord()).toMatchObject({ call_end: "client_abort" });
    const bytes = (await Promise.all(poured)).reduce((sum, each) => sum + each, 0);
    socket.destroy();
    expect(bytes).toBeLessThan(calls * 16 * mib);
    expect(rssMib() - before).toBeLessThan(256);
  });
});

describe("connections that end in the wrong place", () => {
  const begins: RequestListener = (request, response) => {
    request.resume();
    response.on("error", () => {});
    response.writeHead(200, { "content-type": events });
    response.write(`data: ${chunk}\n\n`);
  };

  it("a provider that resets in the middle of a stream: the caller's breaks off too", async () => {
    let reset = (): void => {};
    exact.answerWith((request, response) => {
      begins(request, response);
      // The raw connection below TLS: a RST and no word of goodbye.
      reset = () => (request.socket as unknown as { _parent: Socket })._parent.resetAndDestroy();
    });
    const socket = connect(exact.world.gateway.port, "127.0.0.1");
    socket.on("error", () => {});
    let got = "";
    socket.on("data", (piece) => {
      got += piece.toString("latin1");
      if (got.includes(chunk)) reset();
    });
    socket.write(requestText());
    await once(socket, "close");
    expect(got).toContain(chunk);
    expect(got).not.toMatch(/\r\n0\r\n\r\n$/);
    const call = await nextRecord();
    expect(call).toMatchObject({
      call_end: "upstream_failed",
      status: 200,
      facts: { responseBody: "unread" },
    });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "sent", failure: "reset" });
  });

  it.each([
    ["resets", (socket: Socket) => socket.resetAndDestroy()],
    ["leaves", (socket: Socket) => socket.destroy()],
  ])("a caller that %s in the middle of a stream takes the provider's with it", async (_what, end) => {
    const gone = new Promise<void>((resolve) => {
      exact.answerWith((request, response) => {
        begins(request, response);
        response.once("close", () => resolve());
      });
    });
    const socket = connect(exact.world.gateway.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.once("data", () => end(socket));
    socket.write(requestText());
    await gone;
    const call = await nextRecord();
    expect(call).toMatchObject({ call_end: "client_abort", status: 200 });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "sent", failure: "aborted" });
  });

  it("a caller that has asked and closes its half leaves no provider waiting", async () => {
    const gone = new Promise<void>((resolve) => {
      exact.answerWith((request, response) => {
        begins(request, response);
        response.once("close", () => resolve());
      });
    });
    const socket = connect({ port: exact.world.gateway.port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => {});
    socket.once("data", () => socket.end());
    socket.write(requestText());
    await gone;
    expect(await nextRecord()).toMatchObject({ call_end: "client_abort" });
    socket.destroy();
  });

  it("a caller that closes its half while its session's handshake waits leaves no provider waiting", async () => {
    const asked = Promise.withResolvers<void>();
    const gone = new Promise<void>((resolve) => {
      exact.answerWith((request) => {
        request.socket.once("close", () => resolve());
        asked.resolve();
      });
    });
    const socket = connect({ port: exact.world.gateway.port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => {});
    socket.write(
      [
        "GET /v1/realtime?model=gpt-realtime-2 HTTP/1.1",
        "host: localhost",
        `authorization: Bearer ${exact.lab.key}`,
        "connection: Upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
        "",
        "",
      ].join("\r\n"),
    );
    await asked.promise;
    socket.end();
    await gone;
    expect(await nextRecord()).toMatchObject({ operation: "realtime.connect", call_end: "client_abort" });
    socket.destroy();
  });

  it("a caller that leaves before its body is whole is nobody's call", async () => {
    const socket = connect(exact.world.gateway.port, "127.0.0.1");
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.write(requestText().slice(0, -10));
    socket.resetAndDestroy();
    const got = await sendRaw(exact.world.gateway.port, requestText(["connection: close"]));
    expect(answersIn(got)).toBe(1);
    expect(exact.heads().length).toBe(1);
    await nextRecord();
  });
});
