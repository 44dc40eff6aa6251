import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { matchOperation } from "../core/calls/match-operation.ts";
import { createByteBudget } from "../http/byte-budget.ts";
import { createObserver, type ObserverInput } from "./observe.ts";

const chat = matchOperation("POST", "/v1/chat/completions");
if (!chat) throw new Error("There is no such operation.");

const answer = JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion",
  model: "gpt-5.5-2026-04-23",
  choices: [{ index: 0, message: { role: "assistant", content: "secret" } }],
  usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
});
const events = [
  { id: "chatcmpl-1", model: "gpt-5.5-2026-04-23", choices: [{ index: 0, delta: { content: "sec" } }] },
  {
    id: "chatcmpl-1",
    model: "gpt-5.5-2026-04-23",
    choices: [],
    usage: { prompt_tokens: 3, completion_tokens: 5 },
  },
];
const stream = `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("")}data: [DONE]\n\n`;

type Wish = Partial<ObserverInput> & { whole?: boolean };

async function observe(chunks: readonly Buffer[], { whole = true, ...changed }: Wish = {}) {
  let drained: (() => void) | null = null;
  const observer = createObserver({
    operation: chat as NonNullable<typeof chat>,
    status: 200,
    contentType: "application/json",
    contentEncoding: undefined,
    budget: createByteBudget(1_000_000),
    onDrain: () => drained?.(),
    ...changed,
  });
  for (const chunk of chunks) {
    const ready = new Promise<void>((resolve) => {
      drained = resolve;
    });
    if (!observer.push(chunk)) await ready;
  }
  return observer.finish(whole);
}

const sse = { contentType: "text/event-stream; charset=utf-8" };

describe("a document", () => {
  it.each([
    ["plain", undefined, Buffer.from(answer)],
    ["gzip", "gzip", gzipSync(answer)],
    ["deflate", "deflate", deflateSync(answer)],
    ["brotli", "br", brotliCompressSync(answer)],
    ["zstd", "zstd", zstdCompressSync(answer)],
  ])("is read when %s, cut anywhere", async (_what, contentEncoding, bytes) => {
    const half = Math.floor(bytes.byteLength / 2);
    const observation = await observe([bytes.subarray(0, half), bytes.subarray(half)], { contentEncoding });
    expect(observation).toMatchObject({
      body: "read",
      modelAnswered: "gpt-5.5-2026-04-23",
      usage: { inputTokens: 3, outputTokens: 5 },
    });
    expect(JSON.stringify(observation)).not.toContain("secret");
  });

  it.each([
    ["is not JSON", "<html>", {}],
    ["broke off", answer, { whole: false }],
    ["is in a coding nobody knows", answer, { contentEncoding: "compress" }],
    ["is not what its coding says", answer, { contentEncoding: "gzip" }],
  ])("that %s is unread", async (_what, text, wish) => {
    expect((await observe([Buffer.from(text)], wish)).body).toBe("unread");
  });

  it("without a byte has no body", async () => {
    expect((await observe([])).body).toBe("none");
  });

  it("that finds no place in memory is unread, and gives back what it took", async () => {
    const budget = createByteBudget(50);
    expect((await observe([Buffer.from(answer)], { budget })).body).toBe("unread");
    expect(budget.held()).toBe(0);
  });

  it("that is a bomb is left after a bounded output", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage.rss();
    expect((await observe([bomb], { contentEncoding: "gzip" })).body).toBe("unread");
    expect(process.memoryUsage.rss() - before).toBeLessThan(48 * 1024 * 1024);
  });
});

describe("a stream", () => {
  it.each([
    ["plain", undefined, Buffer.from(stream)],
    ["gzip", "gzip", gzipSync(stream)],
  ])("is read when %s", async (_what, contentEncoding, bytes) => {
    expect(await observe([bytes], { ...sse, contentEncoding })).toMatchObject({
      body: "read",
      modelAnswered: "gpt-5.5-2026-04-23",
      usage: { inputTokens: 3, outputTokens: 5 },
    });
  });

  it.each([
    ["broke off", stream, { whole: false }],
    ["lacks its own end", stream.replace("data: [DONE]\n\n", ""), {}],
    ["holds a line nobody can read", `data: {"a":\n\n${stream}`, {}],
  ])("that %s is unread, and what was read of it is kept", async (_what, text, wish) => {
    expect(await observe([Buffer.from(text)], { ...sse, ...wish })).toMatchObject({
      body: "unread",
      modelAnswered: "gpt-5.5-2026-04-23",
    });
  });
});

describe("the first content", () => {
  it("is that of a stream, at its first piece and not at a chunk that only names a role", async () => {
    const role = { choices: [{ index: 0, delta: { role: "assistant", content: "" } }] };
    const before = performance.now();
    const silent = await observe([Buffer.from(`data: ${JSON.stringify(role)}\n\ndata: [DONE]\n\n`)], sse);
    expect(silent.contentAt).toBeNull();
    const said = await observe([Buffer.from(`data: ${JSON.stringify(role)}\n\n`), Buffer.from(stream)], sse);
    expect(said.contentAt).toBeGreaterThanOrEqual(before);
    expect((await observe([gzipSync(stream)], { ...sse, contentEncoding: "gzip" })).contentAt).not.toBeNull();
  });

  it("is not told of an answer that is no stream", async () => {
    expect((await observe([Buffer.from(answer)])).contentAt).toBeNull();
  });
});
