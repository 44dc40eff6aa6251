import { createHash, randomBytes } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createExactWorld,
  type ExactWorld,
  errorCodeOf,
  form,
  hashing,
  mib,
  sha256,
  takingAll,
} from "../testing/exact-world.ts";

let exact: ExactWorld;

beforeAll(async () => {
  exact = await createExactWorld({ streamedBytesMax: bytesMax });
});

beforeEach(() => exact.answerWith(takingAll));

afterAll(() => exact.stop());

/** A file of 512 MB, the largest that is taken in one request, and the form around it. */
const bytesMax = 514 * mib;
const json = { "content-type": "application/json" };

describe("bytes up", () => {
  it.each([
    ["odd spacing", Buffer.from('{ "model" :"gpt-5.5",\n\t"n":1.0, "b":1e3,"x":"\\u00e9" }'), {}, "read"],
    ["gzip", gzipSync('{"model":"gpt-5.5"}'), { "content-encoding": "gzip" }, "read"],
    ["brotli", brotliCompressSync('{"model":"gpt-5.5"}'), { "content-encoding": "br" }, "read"],
    ["a compression nobody knows", Buffer.from("xyz"), { "content-encoding": "lzma" }, "unread"],
    [
      "broken gzip",
      gzipSync('{"model":"gpt-5.5"}').subarray(0, 20),
      { "content-encoding": "gzip" },
      "unread",
    ],
    ["a bomb", gzipSync(Buffer.alloc(80 * mib, " ")), { "content-encoding": "gzip" }, "unread"],
    ["malformed JSON", Buffer.from('{"model":'), {}, "unread"],
    ["an array", Buffer.from("[]"), {}, "unread"],
    ["letters that are none", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), {}, "unread"],
    ["a name that stands twice", Buffer.from('{"model":"gpt-5.5","model":"gpt-4o"}'), {}, "unread"],
    ["the same, once escaped", Buffer.from('{"model":"gpt-5.5","mod\\u0065l":"gpt-4o"}'), {}, "unread"],
  ])(
    "reach the provider as they were, and the record says what was read: %s",
    async (_what, bytes, headers, reading) => {
      exact.answerWith(hashing);
      const sent = await exact.send("/v1/chat/completions", [bytes], { headers: { ...json, ...headers } });
      expect(sent.body.toString()).toBe(sha256(bytes));
      expect(exact.heads()[0]?.headers).toMatchObject(headers);
      const call = await exact.nextRecord(exact.lab);
      expect(call).toMatchObject({
        model_requested: reading === "read" ? "gpt-5.5" : null,
        facts: { requestBody: reading },
      });
      expect(call.body_digest).not.toBeNull();
    },
  );

  it("a body that could not be read is refused only where the policy refuses what is unknown", async () => {
    const bytes = Buffer.from('{"model":"gpt-5.5-2026-04-23","model":"gpt-4o"}');
    expect(
      await exact.send("/v1/chat/completions", [bytes], { tenant: exact.bank, headers: json }),
    ).toMatchObject({
      status: 200,
    });
    expect(await exact.nextRecord(exact.bank)).toMatchObject({
      verdict: "unverifiable",
      facts: { requestBody: "unread" },
    });
    exact.answerWith(takingAll);
    const refused = await exact.send("/v1/chat/completions", [bytes], {
      tenant: exact.strict,
      headers: json,
    });
    expect([refused.status, errorCodeOf(refused), exact.heads().length]).toEqual([
      403,
      "endpoint_not_eligible",
      0,
    ]);
    expect(await exact.nextRecord(exact.strict)).toMatchObject({
      verdict: "blocked",
      facts: { requestBody: "unread" },
    });
  });

  it("a form that fits into what is looked at goes as it is; its fields are read and its file is not", async () => {
    exact.answerWith(hashing);
    const pieces = [form.file, randomBytes(5_000), form.line, form.field("model", "whisper-1"), form.end];
    const sent = await exact.send("/v1/audio/transcriptions", pieces, { headers: form.type });
    expect(sent.body.toString()).toBe(sha256(...pieces));
    expect(await exact.nextRecord(exact.lab)).toMatchObject({
      operation: "audio.transcriptions.create",
      model_requested: "whisper-1",
      facts: { requestBody: "read" },
    });
  });

  it("an upload of 512 MB passes byte by byte and is never whole in memory", async () => {
    exact.answerWith(hashing);
    const chunk = randomBytes(mib);
    const hash = createHash("sha256").update(form.file);
    let peak = 0;
    const before = process.memoryUsage().rss;
    const pieces = async function* () {
      yield form.file;
      for (let at = 0; at < 512; at += 1) {
        hash.update(chunk);
        peak = Math.max(peak, process.memoryUsage().rss);
        yield chunk;
      }
      hash.update("\r\n").update(form.field("purpose", "user_data")).update(form.end);
      yield Buffer.concat([form.line, form.field("purpose", "user_data"), form.end]);
    };
    const sent = await exact.send("/v1/files", pieces(), { headers: form.type });
    expect(sent.body.toString()).toBe(hash.digest("hex"));
    expect(peak - before).toBeLessThan(96 * mib);
    expect(exact.heads()[0]?.headers["transfer-encoding"]).toBe("chunked");
    const call = await exact.nextRecord(exact.lab);
    expect(call).toMatchObject({
      operation: "files.create",
      call_end: "complete",
      facts: { requestBody: "read" },
    });
    expect(call.body_digest).not.toBeNull();
  });

  it("keeps the length that the caller stated, and streams what is neither JSON nor a form", async () => {
    exact.answerWith(hashing);
    const bytes = randomBytes(3 * mib);
    const headers = { "content-type": "application/octet-stream", "content-length": String(bytes.length) };
    const sent = await exact.send("/v1/something/new", [bytes], { method: "PUT", headers });
    expect(sent.body.toString()).toBe(sha256(bytes));
    expect(exact.heads()[0]?.headers).toMatchObject(headers);
    expect(await exact.nextRecord(exact.lab)).toMatchObject({
      operation: "unknown",
      facts: { requestBody: "unread" },
    });
  });

  it("a provider that takes nothing holds the caller back", async () => {
    let taken = (): void => {};
    const asked = new Promise<void>((resolve) => {
      exact.answerWith((request, response) => {
        taken = () => {
          request.resume();
          request.on("end", () => response.end("{}"));
        };
        resolve();
      });
    });
    let given = 0;
    const pieces = async function* () {
      yield form.file;
      for (let at = 0; at < 60; at += 1) {
        given += mib;
        yield Buffer.alloc(mib);
      }
      yield Buffer.concat([form.line, form.end]);
    };
    const sent = exact.send("/v1/files", pieces(), { headers: form.type });
    await asked;
    let last = -1;
    while (given !== last || given === 0) {
      last = given;
      await sleep(150);
    }
    expect(given).toBeLessThan(40 * mib);
    taken();
    expect((await sent).status).toBe(200);
    await exact.nextRecord(exact.lab);
  });

  it("is refused beyond the limit: before anything is sent where the length is stated, else on the way", async () => {
    const headers = { ...form.type, "content-length": String(bytesMax + 1) };
    expect(await exact.send("/v1/files", [form.file], { headers })).toMatchObject({ status: 413 });
    expect(exact.heads()).toEqual([]);
    exact.answerWith((request) => {
      request.on("error", () => {});
      request.resume();
    });
    const pieces = function* () {
      yield form.file;
      const piece = Buffer.alloc(4 * mib);
      for (let sent = 0; sent < bytesMax; sent += piece.byteLength) yield piece;
      yield form.end;
    };
    const sent = await exact.send("/v1/files", pieces(), { headers: form.type });
    expect([sent.status, errorCodeOf(sent)]).toEqual([413, "body_too_large"]);
    const call = await exact.nextRecord(exact.lab);
    expect(call).toMatchObject({ refusal: { code: "body_too_large" } });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "partial" });
  });
});

describe("rules on a body that comes late", () => {
  it("a forbidden model behind the file ends the call; it is outside policy and never stopped before it left", async () => {
    const gone = new Promise<void>((resolve) => {
      exact.answerWith((request) => {
        request.on("error", () => {});
        request.on("close", () => resolve());
        request.resume();
      });
    });
    const pieces = [
      form.file,
      Buffer.alloc(4 * mib),
      form.line,
      form.field("model", "gpt-9-nowhere"),
      form.end,
    ];
    const sent = await exact.send("/v1/audio/transcriptions", pieces, {
      tenant: exact.bank,
      headers: form.type,
    });
    expect([sent.status, errorCodeOf(sent)]).toEqual([403, "model_not_eligible"]);
    expect(sent.body.toString()).toContain("Part of the request had left");
    await gone;
    const call = await exact.nextRecord(exact.bank);
    expect(call).toMatchObject({
      verdict: "violation",
      band: "outside",
      reasons: ["model_not_eligible"],
      call_end: "refused",
      refusal: { code: "model_not_eligible" },
      model_requested: "gpt-9-nowhere",
      body_digest: null,
    });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "partial" });
  });

  it("a forbidden model before the file stops it before it left", async () => {
    const pieces = [
      form.field("model", "gpt-9-nowhere"),
      form.file,
      Buffer.alloc(4 * mib),
      form.line,
      form.end,
    ];
    const sent = await exact.send("/v1/audio/transcriptions", pieces, {
      tenant: exact.bank,
      headers: form.type,
    });
    expect([sent.status, exact.heads().length]).toEqual([403, 0]);
    expect(await exact.nextRecord(exact.bank)).toMatchObject({
      verdict: "blocked",
      refusal: { code: "model_not_eligible" },
    });
  });
});

describe("a caller that goes away", () => {
  const upload = (after: (destroy: () => void, end: () => void) => void): void => {
    const socket = connect({ port: exact.world.gateway.port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => {});
    const head = `POST /v1/files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${exact.lab.key}\r\ncontent-type: multipart/form-data; boundary=xx\r\ncontent-length: ${50 * mib}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), form.file, Buffer.alloc(3 * mib)]), () =>
      after(
        () => socket.destroy(),
        () => void socket.end(),
      ),
    );
  };

  it.each([
    ["is cut", (destroy: () => void) => destroy],
    ["closes its half of the connection", (_destroy: () => void, end: () => void) => end],
  ])(
    "mid-upload, and %s: the provider's request ends too, and what left is recorded as a part",
    async (_what, how) => {
      let leave = (): void => {};
      const ended = new Promise<void>((resolve) => {
        exact.answerWith((request) => {
          request.on("error", () => {});
          request.on("close", () => resolve());
          request.once("data", () => leave());
          request.resume();
        });
      });
      const ready = new Promise<() => void>((resolve) => {
        upload((destroy, end) => resolve(how(destroy, end)));
      });
      await new Promise<void>((resolve) => {
        leave = resolve;
      });
      (await ready)();
      await ended;
      const call = await exact.nextRecord(exact.lab);
      expect(call).toMatchObject({
        call_end: "client_abort",
        facts: { requestBody: "unread" },
        body_digest: null,
      });
      expect(call.attempts[0]?.evidence).toMatchObject({ progress: "partial", failure: "aborted" });
    },
  );

  it("is told that its upload stood still, and a part of it is recorded", async () => {
    exact.answerWith((request) => {
      request.on("error", () => {});
      request.resume();
    });
    let goOn = (): void => {};
    const answered = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const pieces = async function* () {
      yield Buffer.concat([form.file, Buffer.alloc(2 * mib)]);
      await answered;
    };
    const { port } = await exact.world.startGateway({ requestTimeoutMs: 600 });
    const sent = await exact.send("/v1/files", pieces(), { headers: form.type, port });
    goOn();
    expect([sent.status, errorCodeOf(sent)]).toEqual([408, "request_timeout"]);
    const call = await exact.nextRecord(exact.lab);
    expect(call).toMatchObject({ call_end: "refused", refusal: { code: "request_timeout" } });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "partial" });
  });

  it("is told that the provider broke off under its upload, which is not sent again", async () => {
    exact.answerWith((request) => void request.once("data", () => request.socket.destroy()));
    const pieces = [form.file, Buffer.alloc(20 * mib), form.line, form.end];
    const sent = await exact.send("/v1/files", pieces, { headers: form.type });
    expect([sent.status, errorCodeOf(sent)]).toEqual([502, "upstream_failed"]);
    expect(exact.heads()).toHaveLength(1);
    const call = await exact.nextRecord(exact.lab);
    expect(call).toMatchObject({
      call_end: "upstream_failed",
      attempts: [{ evidence: { progress: "partial" } }],
    });
  });

  it("gets a refusal of the provider while it still uploads", async () => {
    exact.answerWith((_request, response) => {
      response.writeHead(400, json);
      response.end('{"error":{"code":"invalid_file"}}');
    });
    const pieces = [form.file, Buffer.alloc(8 * mib), form.line, form.end];
    const sent = await exact.send("/v1/files", pieces, { headers: form.type });
    expect([sent.status, errorCodeOf(sent)]).toEqual([400, "invalid_file"]);
    const call = await exact.nextRecord(exact.lab);
    expect(call).toMatchObject({ status: 400 });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "partial", errorCode: "invalid_file" });
  });
});
