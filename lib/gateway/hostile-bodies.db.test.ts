import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createExactWorld,
  type ExactWorld,
  errorCodeOf,
  hashing,
  mib,
  sha256,
  takingAll,
} from "../testing/exact-world.ts";
import { sendRaw, statusIn } from "../testing/raw-http.ts";

/** Bodies that cost their reader more than their sender. */
let exact: ExactWorld;

const prompt = { model: "gpt-5.5", store: false, messages: [{ role: "user", content: "Where?" }] };
const json = Buffer.from(JSON.stringify(prompt));
const type = { "content-type": "application/json" };

beforeAll(async () => {
  exact = await createExactWorld();
});

beforeEach(() => exact.answerWith(takingAll));

afterAll(() => exact.stop());

const grownBy = async (action: () => Promise<unknown>): Promise<number> => {
  const before = process.memoryUsage().rss;
  await action();
  return (process.memoryUsage().rss - before) / mib;
};

/** Passes byte by byte, and the record says that nobody read it. */
async function passesUnread(body: Buffer, headers: Record<string, string>): Promise<void> {
  exact.answerWith(hashing);
  const sent = await exact.send("/v1/chat/completions", [body], { headers: { ...type, ...headers } });
  expect([sent.status, sent.body.toString()]).toEqual([200, sha256(body)]);
  expect(await exact.nextRecord(exact.lab)).toMatchObject({
    facts: { requestBody: "unread" },
    model_requested: null,
  });
}

describe("what nobody can read", () => {
  it.each([
    ["a list in lists", "identity", Buffer.from(`{"x":${"[".repeat(128)}${"]".repeat(128)}}`)],
    ["a bomb", "gzip", gzipSync(Buffer.alloc(80 * mib))],
    ["more behind the end", "br", Buffer.concat([brotliCompressSync(json), json])],
  ])("%s is not sent under a policy that refuses what is unknown", async (_what, coding, body) => {
    const refused = await exact.send("/v1/chat/completions", [body], {
      tenant: exact.strict,
      headers: { ...type, "content-encoding": coding },
    });
    expect([refused.status, errorCodeOf(refused)]).toEqual([403, "endpoint_not_eligible"]);
    expect(exact.heads()).toEqual([]);
    await exact.nextRecord(exact.strict);
  });
});

describe("lists of names without an end", () => {
  const tools = Array.from({ length: 100_000 }, (_, at) => ({ type: `tool_${at}` }));
  const body = Buffer.from(JSON.stringify({ model: "gpt-5.5", store: false, input: "Where?", tools }));
  const bytesOf = (record: unknown): number => JSON.stringify(record).length;

  it("of a request: a hundred are kept, and the record says that the tools were not read", async () => {
    const sent = await exact.send("/v1/responses", [body], { headers: type });
    expect(sent.status).toBe(200);
    const record = await exact.nextRecord(exact.lab);
    expect(record.facts).toMatchObject({ requestBody: "read", unreadable: ["tools"] });
    expect(record.facts.featuresOffered).toHaveLength(100);
    expect(bytesOf(record)).toBeLessThan(16_384);
  });

  it("of a request are refused where tools matter, and recorded no longer than sent ones", async () => {
    const refused = await exact.send("/v1/responses", [body], { tenant: exact.bank, headers: type });
    expect(refused.status).toBe(403);
    expect(exact.heads()).toEqual([]);
    const record = await exact.nextRecord(exact.bank);
    expect(record).toMatchObject({ verdict: "blocked", facts: { unreadable: ["tools"] } });
    expect(bytesOf(record)).toBeLessThan(16_384);
  });

  it.each(["application/json", "text/event-stream"])(
    "and numbers beyond any column, of an answer as %s: the call is recorded, and what was read of it is not all",
    async (contentType) => {
      const output = tools.slice(0, 5_000).map((tool) => ({ type: `${tool.type}_call` }));
      const usage = { input_tokens: Number.MAX_SAFE_INTEGER, output_tokens: 2 ** 31 };
      const response = { id: "resp_1", object: "response", model: "gpt-5.5-2026-03-05", output, usage };
      const event = `data: ${JSON.stringify({ type: "response.completed", response })}\n\n`;
      exact.answerWith((request, answer) => {
        request.resume();
        answer.setHeader("content-type", contentType);
        answer.end(contentType === "application/json" ? JSON.stringify(response) : event);
      });
      const asked = Buffer.from(JSON.stringify({ model: "gpt-5.5", input: "Where?" }));
      expect((await exact.send("/v1/responses", [asked], { headers: type })).status).toBe(200);
      const record = await exact.nextRecord(exact.lab);
      expect(record).toMatchObject({
        ...{ call_end: "complete", model_answered: "gpt-5.5-2026-03-05", facts: { responseBody: "unread" } },
        ...{ input_tokens: null, output_tokens: null },
      });
      expect(record.facts.featuresUsed).toHaveLength(100);
      expect(bytesOf(record)).toBeLessThan(16_384);
    },
  );
});

describe("JSON that is deep or endless is not parsed", () => {
  const around = (inner: string): Buffer => Buffer.from(`{"model":"gpt-5.5","messages":[],"x":${inner}}`);

  it.each([
    ["129 levels", around("[".repeat(128) + "]".repeat(128))],
    ["millions of levels", around("[".repeat(4 * mib) + "]".repeat(4 * mib))],
    ["levels that never end", Buffer.from(`{"x":${'{"a":'.repeat(2 * mib)}`)],
    ["five million empty lists", around(`[${"[],".repeat(5_000_000)}[]]`)],
  ])("%s", async (_what, body) => {
    expect(await grownBy(() => passesUnread(body, {}))).toBeLessThan(384);
  });

  it("what clients send is far below: 100 levels and a hundred thousand numbers are read", async () => {
    const body = around(`[${"[".repeat(97)}${"7,".repeat(100_000)}7${"]".repeat(97)}]`);
    await exact.send("/v1/chat/completions", [body], { headers: type });
    expect(await exact.nextRecord(exact.lab)).toMatchObject({
      facts: { requestBody: "read" },
      model_requested: "gpt-5.5",
    });
  });

  it.each([
    ["a NUL", "gpt\\u0000-5.5"],
    ["half a pair", "gpt\\ud800"],
    ["line breaks", "gpt\\r\\nx: y"],
    ["a megabyte", "g".repeat(mib)],
  ])("a model with %s stops no record of anybody", async (_what, model) => {
    const body = Buffer.from(`{"model":"${model}","messages":[],"service_tier":"a\\u0000","user":"\\ud800"}`);
    expect((await exact.send("/v1/chat/completions", [body], { headers: type })).status).toBe(200);
    expect(await exact.nextRecord(exact.lab)).toMatchObject({ model_requested: null, call_end: "complete" });
  });
});

describe("a body that comes byte by byte", () => {
  it.each([
    ["is held in no more memory than its bytes", "/v1/chat/completions", "application/json"],
    ["is passed on in no more memory than its bytes", "/v1/audio/speech", "application/octet-stream"],
  ])("in chunks of one byte each %s", async (_what, path, contentType) => {
    exact.answerWith(hashing);
    const bytes = 400_000;
    const head = [
      `POST ${path} HTTP/1.1`,
      "host: localhost",
      `authorization: Bearer ${exact.lab.key}`,
      `content-type: ${contentType}`,
      "transfer-encoding: chunked",
      "connection: close",
    ].join("\r\n");
    const some = "1\r\n \r\n".repeat(50_000);
    const pieces = [`${head}\r\n\r\n`, ...Array.from({ length: bytes / 50_000 }, () => some), "0\r\n\r\n"];
    let got = "";
    const grown = await grownBy(async () => {
      got = await sendRaw(exact.world.gateway.port, pieces);
    });
    expect(statusIn(got)).toBe(200);
    expect(got).toContain(sha256(Buffer.alloc(bytes, " ")));
    expect(grown).toBeLessThan(128);
    await exact.nextRecord(exact.lab);
  });
});

describe("a head with very many headers", () => {
  it("is read to its last one", async () => {
    const lines = Array.from({ length: 2_500 }, () => "a:1");
    const head = [
      "GET /v1/models HTTP/1.1",
      "host: localhost",
      ...lines,
      "x-domicile-target-region: nowhere",
    ];
    const got = await sendRaw(exact.world.gateway.port, `${head.join("\r\n")}\r\nconnection: close\r\n\r\n`);
    expect([statusIn(got), got.includes("invalid_domicile_header")]).toEqual([400, true]);
    expect(exact.heads()).toEqual([]);
  });
});

describe("compressed requests pass as they are", () => {
  it.each([
    ["gzip", gzipSync(json)],
    ["x-gzip", gzipSync(json)],
    ["deflate", deflateSync(json)],
    ["br", brotliCompressSync(json)],
    ["zstd", zstdCompressSync(json)],
    ["gzip", Buffer.concat([gzipSync(json.subarray(0, 20)), gzipSync(json.subarray(20))])],
  ])("%s is read", async (coding, body) => {
    exact.answerWith(hashing);
    const sent = await exact.send("/v1/chat/completions", [body], {
      headers: { ...type, "content-encoding": coding },
    });
    expect(sent.body.toString()).toBe(sha256(body));
    expect(exact.heads()[0]?.headers["content-encoding"]).toBe(coding);
    expect(await exact.nextRecord(exact.lab)).toMatchObject({
      facts: { requestBody: "read" },
      model_requested: "gpt-5.5",
    });
  });

  const zeros = Buffer.alloc(80 * mib);
  it.each([
    ["what is not what it says", "gzip", json],
    ["two codings", "gzip, gzip", gzipSync(gzipSync(json))],
    ["a coding nobody knows", "compress", json],
    ["a cut copy", "gzip", gzipSync(json).subarray(0, -6)],
    ["letters behind the end", "gzip", Buffer.concat([gzipSync(json), Buffer.from("{}")])],
    ["zeros behind the end", "gzip", Buffer.concat([gzipSync(json), Buffer.alloc(9)])],
    ["more behind the end of deflate", "deflate", Buffer.concat([deflateSync(json), json])],
    ["more behind the end of brotli", "br", Buffer.concat([brotliCompressSync(json), json])],
    ["deflate without its frame", "deflate", deflateRawSync(json)],
    ["a bomb of gzip", "gzip", gzipSync(zeros)],
    ["a bomb of brotli", "br", brotliCompressSync(zeros, { params: { 1: 4 } })],
    ["a bomb of zstd", "zstd", zstdCompressSync(zeros)],
    ["JSON deep within", "gzip", gzipSync(Buffer.from(`{"x":${"[".repeat(4 * mib)}`))],
  ])("%s is unread, and cheap", async (_what, coding, body) => {
    const began = performance.now();
    const grown = await grownBy(() => passesUnread(body, { "content-encoding": coding }));
    expect(grown).toBeLessThan(256);
    expect(performance.now() - began).toBeLessThan(60_000);
  });
});
