import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createExactWorld,
  type ExactWorld,
  errorCodeOf,
  form,
  mib,
  takingAll,
} from "../testing/exact-world.ts";
import type { WorldTenant } from "../testing/gateway-world.ts";

let exact: ExactWorld;

beforeAll(async () => {
  exact = await createExactWorld();
});

beforeEach(() => exact.answerWith(takingAll));

afterAll(() => exact.stop());

const json = { "content-type": "application/json" };

describe("bytes down", () => {
  it("a binary answer streams as it is, and counts as unread", async () => {
    const bytes = randomBytes(5 * mib);
    exact.answerWith((_request, response) => {
      response.writeHead(200, { "content-type": "audio/mpeg" });
      response.end(bytes);
    });
    const speech = Buffer.from('{"model":"tts-1","input":"x","voice":"alloy"}');
    const sent = await exact.send("/v1/audio/speech", [speech], { headers: json });
    expect(sent.body.equals(bytes)).toBe(true);
    expect(await exact.nextRecord(exact.lab)).toMatchObject({
      facts: { responseBody: "unread" },
      call_end: "complete",
    });
  });

  it("a file that looks like an answer is not read as one", async () => {
    exact.answerWith((_request, response) => {
      response.writeHead(200, json);
      response.end('{"model":"gpt-9","id":"secret","usage":{"input_tokens":5}}');
    });
    await exact.send("/v1/files/file-1/content", [], { method: "GET" });
    expect(await exact.nextRecord(exact.lab)).toMatchObject({
      model_answered: null,
      input_tokens: null,
      provider_object_id: null,
    });
  });

  it("ranges, tags of versions, and what has not changed", async () => {
    exact.answerWith((request, response) => {
      if (request.headers["if-none-match"]) response.writeHead(304, { etag: '"v1"' }).end();
      else
        response
          .writeHead(206, { etag: '"v1"', "content-range": "bytes 0-1/9", "accept-ranges": "bytes" })
          .end("ab");
    });
    const part = await exact.send("/v1/files/file-1/content", [], {
      method: "GET",
      headers: { range: "bytes=0-1" },
    });
    expect(part).toMatchObject({ status: 206, headers: { "content-range": "bytes 0-1/9", etag: '"v1"' } });
    expect(part.body.toString()).toBe("ab");
    const same = await exact.send("/v1/files/file-1/content", [], {
      method: "GET",
      headers: { "if-none-match": '"v1"' },
    });
    expect(same.status).toBe(304);
    await exact.nextRecord(exact.lab);
    await exact.nextRecord(exact.lab);
  });

  it("HEAD is what GET would answer, without it", async () => {
    exact.answerWith((_request, response) => {
      response.writeHead(200, { ...json, "content-length": "1234" });
      response.end();
    });
    const sent = await exact.send("/v1/models/gpt-5.5", [], { method: "HEAD" });
    expect(sent).toMatchObject({ status: 200, headers: { "content-length": "1234" } });
    expect(await exact.nextRecord(exact.lab)).toMatchObject({
      operation: "models.retrieve",
      call_end: "complete",
    });
  });

  it("where a thing was made is said as a path, and another host's address is not said", async () => {
    const locations = [
      "/v1/realtime/calls/rtc_1",
      "https://api.openai.com/v1/x",
      "https://evil.example/v1/x",
      "//evil.example/v1/x",
    ];
    const said: unknown[] = [];
    for (const location of locations) {
      exact.answerWith((_request, response) => {
        response.writeHead(201, { location });
        response.end();
      });
      said.push(
        (await exact.send("/v1/realtime/calls/x/accept", [Buffer.from("{}")], { headers: json })).headers
          .location,
      );
      await exact.nextRecord(exact.lab);
    }
    expect(said).toEqual(["/v1/realtime/calls/rtc_1", "/v1/x", undefined, undefined]);
  });

  it("what an answer says of its end is kept, and a server of tools by its host alone", async () => {
    exact.answerWith((_request, response) => {
      response.writeHead(200, json);
      response.end(
        '{"id":"resp_1","object":"response","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}',
      );
    });
    const tools = [{ type: "mcp", server_label: "m", server_url: "https://user:pw@mcp.example/secret?k=1" }];
    const body = Buffer.from(JSON.stringify({ model: "gpt-5.5", input: "x", store: false, tools }));
    await exact.send("/v1/responses", [body], { headers: json });
    const call = await exact.nextRecord(exact.lab);
    expect(call).toMatchObject({ finish_reason: "max_output_tokens", facts: { toolHosts: ["mcp.example"] } });
    expect(JSON.stringify(call)).not.toMatch(/secret|user:pw/);
  });
});

describe("Expect: 100-continue", () => {
  /** What comes back to a head whose body waits. */
  async function ask(tenant: WorldTenant, lines: readonly string[], body: Buffer): Promise<string> {
    const socket = connect(exact.world.gateway.port, "127.0.0.1");
    let got = "";
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("data", (chunk) => {
      got += chunk.toString("latin1");
      if (got.startsWith("HTTP/1.1 100") && !got.includes("HTTP/1.1 2")) socket.write(body);
      if (got.includes("{}")) socket.end();
    });
    const head = [
      "POST /v1/files HTTP/1.1",
      "host: localhost",
      "expect: 100-continue",
      `authorization: Bearer ${tenant.key}`,
      `content-length: ${body.length}`,
      ...lines,
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    await closed;
    socket.destroy();
    return got;
  }
  const lines = ["content-type: multipart/form-data; boundary=xx"];
  const body = Buffer.concat([form.file, Buffer.alloc(2 * mib), form.line, form.end]);

  it("is told to go on once the call is planned", async () => {
    const got = await ask(exact.lab, lines, body);
    expect(got).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    expect(exact.heads()[0]?.headers.expect).toBeUndefined();
    await exact.nextRecord(exact.lab);
  });

  it("is refused before the body is sent, where the host already says so: it truly was stopped before it left", async () => {
    const got = await ask(exact.bank, [...lines, "x-domicile-target-region: global"], body);
    expect(got).toMatch(/^HTTP\/1\.1 403 /);
    expect(got).toMatch(/connection: close/i);
    expect(exact.heads()).toEqual([]);
    expect(await exact.nextRecord(exact.bank)).toMatchObject({
      verdict: "blocked",
      refusal: { code: "region_blocked" },
    });
  });

  it.each([
    ["a key that is none", { key: "dom_none" }, [], 401],
    ["a header that is none", {}, ["x-domicile-colour: red"], 400],
  ])(
    "is refused for %s, and the connection ends: nobody knows whether the body comes",
    async (_, over, more, status) => {
      const got = await ask({ ...exact.bank, ...over }, [...lines, ...more], body);
      expect(got).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(got).toMatch(/connection: close/i);
      expect(got).not.toContain("100 Continue");
    },
  );
});

describe("paths nobody knows", () => {
  it.each([
    ["POST", "/v1/brand/new", Buffer.from("{}")],
    ["GET", "/v1/brand/new", null],
    ["PATCH", "/v1/chat/completions/chatcmpl-1", Buffer.from("{}")],
    ["POST", "/v1/chat/completions/", Buffer.from("{}")],
  ])(
    "%s %s goes where the unknown is sent, and is recorded as such; elsewhere it is refused",
    async (method, url, body) => {
      const pieces = body === null ? [] : [body];
      const headers: Record<string, string> = body === null ? {} : json;
      expect((await exact.send(`${url}?a=1`, pieces, { tenant: exact.bank, method, headers })).status).toBe(
        200,
      );
      expect(exact.heads()).toMatchObject([{ method, url: `${url}?a=1` }]);
      expect(await exact.nextRecord(exact.bank)).toMatchObject({
        operation: "unknown",
        facts: { endpoint: null },
        verdict: "unverifiable",
        reasons: expect.arrayContaining(["endpoint_unlisted"]),
      });
      exact.answerWith(takingAll);
      const refused = await exact.send(url, pieces, { tenant: exact.strict, method, headers });
      expect([refused.status, errorCodeOf(refused), exact.heads().length]).toEqual([
        403,
        "endpoint_not_eligible",
        0,
      ]);
      await exact.nextRecord(exact.strict);
    },
  );
});

describe("a connection that breaks", () => {
  it("under a request that only reads is dialled once more, and both dials are attempts with their own peers", async () => {
    let tries = 0;
    exact.answerWith((request, response) => {
      tries += 1;
      if (tries === 1) request.socket.destroy();
      else response.setHeader("content-type", "application/json").end('{"object":"list","data":[]}');
    });
    expect((await exact.send("/v1/files", [], { method: "GET" })).status).toBe(200);
    const call = await exact.nextRecord(exact.lab);
    expect(call).toMatchObject({ call_end: "complete", status: 200 });
    expect(call.attempts.map(({ evidence }) => evidence)).toMatchObject([
      { progress: "sent", failure: "reset", peer: { tlsVerified: true } },
      { progress: "sent", failure: null, peer: { tlsVerified: true } },
    ]);
  });

  it("a request for a stream in the query is recorded as one", async () => {
    await exact.send("/v1/responses/resp_1?stream=true&starting_after=3", [], { method: "GET" });
    expect(await exact.nextRecord(exact.lab)).toMatchObject({ stream: true });
  });
});

describe("a connection that ends before anything was written", () => {
  it("is dialled once more, and both dials are attempts", async () => {
    const dead = await exact.world.startGateway({
      connectTo: [{ host: "api.openai.com", address: "127.0.0.1", port: 1 }],
    });
    const response = await fetch(`http://127.0.0.1:${dead.port}/v1/models`, {
      headers: { authorization: `Bearer ${exact.lab.key}` },
    });
    expect(response.status).toBe(502);
    const call = await exact.nextRecord(exact.lab);
    expect(call.attempts).toHaveLength(2);
    expect(call.attempts.map(({ evidence }) => evidence)).toMatchObject([
      { progress: "not_sent", failure: "tcp" },
      { progress: "not_sent", failure: "tcp" },
    ]);
  });
});
