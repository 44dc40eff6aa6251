import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createExactWorld, type ExactWorld, form, mib, takingAll } from "../testing/exact-world.ts";
import { answersIn, sendRaw, statusIn } from "../testing/raw-http.ts";

/** What no client would send: requests that two readers may take differently, and heads that lie. */
let exact: ExactWorld;
let port: number;

const json = JSON.stringify({ model: "gpt-5.5", messages: [{ role: "user", content: "Where?" }] });
const smuggled = "GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n";
const length = `content-length: ${json.length}`;

beforeAll(async () => {
  exact = await createExactWorld();
  port = exact.world.gateway.port;
});

beforeEach(() => exact.answerWith(takingAll));

afterAll(() => exact.stop());

function head(lines: readonly string[], first = "POST /v1/chat/completions HTTP/1.1"): string {
  return [first, "host: localhost", `authorization: Bearer ${exact.lab.key}`, ...lines, "", ""].join("\r\n");
}

const chunked = (lines: readonly string[], body: string): string =>
  head(["transfer-encoding: chunked", "connection: close", ...lines]) + body;

const wholeChunk = `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`;

describe("framing that two readers could take differently is refused and reaches nobody", () => {
  it.each([
    ["a length behind a coding", [`transfer-encoding: chunked`, length]],
    ["a coding twice", ["transfer-encoding: chunked", "transfer-encoding: identity"]],
    ["a coding that is none", ["transfer-encoding: xchunked"]],
    ["a coding with a control character before it", ["transfer-encoding:\x0bchunked"]],
    ["chunks that are not the last coding", ["transfer-encoding: chunked, gzip"]],
    ["a coding behind a bare carriage return", ["x-a: 1\rtransfer-encoding: chunked"]],
    ["a length with a sign", [`content-length: +${json.length}`]],
    ["a length in hexadecimal", [`content-length: 0x${json.length.toString(16)}`]],
    ["two lengths in one line", [`content-length: ${json.length}, ${json.length}`]],
    ["a length beyond any number", ["content-length: 99999999999999999999"]],
    ["an empty length", ["content-length:"]],
    ["a name with a blank", ["content length: 1"]],
    ["a name that is empty", [": 1"]],
    ["a line without a colon", ["x-a"]],
    ["a header line that begins with a blank", [" x-a: 1", length]],
    ["two hosts", ["host: evil.example", length]],
    ["the same host twice", ["host: localhost", length]],
    ["a Connection that names the body's length", ["connection: content-length", length]],
    ["a Connection that names the body's type", ["connection: close, Content-Type", length]],
    ["a Connection that names the key", ["connection: authorization", length]],
    ["a Connection that names a header of ours", ["connection: x-domicile-target-region", length]],
  ])("%s", async (_what, lines) => {
    const got = await sendRaw(port, head(lines) + json);
    expect([statusIn(got), answersIn(got)]).toEqual([400, 1]);
    expect(got).toContain('"invalid_http"');
    expect(exact.heads()).toEqual([]);
  });

  it.each([
    ["a version with two digits", "POST /v1/chat/completions HTTP/1.10"],
    ["a version nobody speaks", "POST /v1/chat/completions HTTP/3.7"],
    ["a version in small letters", "POST /v1/chat/completions http/1.1"],
    ["a method nobody knows", "BREW /v1/chat/completions HTTP/1.1"],
    ["a method with a blank before it", " POST /v1/chat/completions HTTP/1.1"],
    ["a path with a tab", "POST /v1/chat/\tcompletions HTTP/1.1"],
    ["a path with a NUL", "POST /v1/chat\0/completions HTTP/1.1"],
    ["the preface of HTTP/2", "PRI * HTTP/2.0"],
  ])("%s", async (_what, first) => {
    const got = await sendRaw(port, head([length], first) + json);
    expect([statusIn(got), answersIn(got)]).toEqual([400, 1]);
    expect(exact.heads()).toEqual([]);
  });

  it.each([
    ["an absolute form", `POST http://api.openai.com/v1/chat/completions HTTP/1.1`],
    ["an absolute form of an address of metadata", "POST http://169.254.169.254/v1/models HTTP/1.1"],
    ["an authority form", "POST api.openai.com:443 HTTP/1.1"],
    ["a star", "OPTIONS * HTTP/1.1"],
    ["a path that begins with two slashes", "POST //evil.example/v1/chat/completions HTTP/1.1"],
    ["a fragment", "POST /v1/chat/completions#/../../v1/files HTTP/1.1"],
    ["a fragment in the query", "POST /v1/chat/completions?a=1#b HTTP/1.1"],
    ["bytes beyond ASCII in the query", "POST /v1/chat/completions?a=\xff HTTP/1.1"],
  ])("%s leads nowhere", async (_what, first) => {
    const got = await sendRaw(port, head([length, "connection: close"], first) + json);
    expect([400, 404]).toContain(statusIn(got));
    expect(answersIn(got)).toBe(1);
    expect(exact.heads()).toEqual([]);
  });

  it.each([
    ["a size that overflows", "FFFFFFFFFFFFFFFFF\r\n"],
    ["a size with a prefix", `0x${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`],
    ["a size with a sign", `+${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`],
    ["a negative size", "-1\r\n"],
    ["no size", "\r\n"],
    ["a size that ends in a bare line feed", `${json.length.toString(16)}\n${json}\r\n0\r\n\r\n`],
    ["a chunk longer than it says", `1\r\n${json}\r\n0\r\n\r\n`],
    ["a chunk without its end", `${json.length.toString(16)}\r\n${json}0\r\n\r\n`],
    ["an extension with a bare carriage return", `1;a=\rb\r\n{\r\n0\r\n\r\n`],
    ["an extension without an end", `1;${"x".repeat(20_000)}`],
    ["trailers without an end", `${wholeChunk.slice(0, -2)}x-a: ${"y".repeat(20_000)}`],
  ])("a body in chunks with %s", async (_what, body) => {
    const got = await sendRaw(port, chunked([], body));
    expect([400, 431]).toContain(statusIn(got));
    expect(answersIn(got)).toBe(1);
    expect(exact.heads()).toEqual([]);
  });
});

describe("what is left of one hop stays on it", () => {
  const bodies: string[] = [];
  beforeEach(() => {
    bodies.length = 0;
    exact.answerWith((request, response) => {
      let text = "";
      request.on("data", (chunk) => (text += chunk));
      request.on("end", () => {
        bodies.push(text);
        response.setHeader("content-type", "application/json").end("{}");
      });
    });
  });

  it("extensions of chunks and trailers are dropped, and a trailer changes nothing that was decided", async () => {
    const size = json.length.toString(16);
    const body = `${size};a=b;c="d"\r\n${json}\r\n0\r\nx-domicile-target-region: us\r\nauthorization: Bearer x\r\nx-a: 3\r\n\r\n`;
    const got = await sendRaw(port, chunked(["trailer: authorization"], body));
    expect([statusIn(got), answersIn(got)]).toEqual([200, 1]);
    expect(bodies).toEqual([json]);
    expect(Object.keys(exact.heads()[0]?.headers ?? {})).not.toContain("trailer");
    await exact.nextRecord(exact.lab);
  });

  it("a request within a request's body is its body", async () => {
    const lines = [`content-length: ${smuggled.length}`, "connection: close", "content-type: text/plain"];
    const got = await sendRaw(port, head(lines) + smuggled);
    expect([statusIn(got), answersIn(got)]).toEqual([200, 1]);
    expect([bodies, exact.heads().length]).toEqual([[smuggled], 1]);
    await exact.nextRecord(exact.lab);
  });

  it("a body of a request that has none by custom is no second request", async () => {
    const lines = [`content-length: ${smuggled.length}`, "connection: close"];
    const got = await sendRaw(port, head(lines, "GET /v1/models HTTP/1.1") + smuggled);
    expect([statusIn(got), answersIn(got)]).toEqual([200, 1]);
    expect(exact.heads().length).toBe(1);
    await exact.nextRecord(exact.lab);
  });

  it("headers that Connection names go no further, and neither do cookies, forwarding, hops and names of ours", async () => {
    const lines = [
      "connection: close, X-Stainless-Lang, idempotency-key",
      "x-stainless-lang: js",
      "idempotency-key: i1",
      "x-stainless-os: linux",
      "user-agent: caf\xe9/1 \x80",
      "cookie: session=1",
      "cookie2: a",
      "forwarded: for=1.2.3.4;host=evil.example",
      "x-forwarded-for: 1.2.3.4",
      "x-forwarded-host: evil.example",
      "x-real-ip: 1.2.3.4",
      "x-original-url: /v1/files",
      "x-rewrite-url: /v1/files",
      "x-http-method-override: DELETE",
      "via: 1.1 evil",
      "proxy-authorization: Basic YTpi",
      "proxy-connection: keep-alive",
      "keep-alive: timeout=5",
      "te: trailers",
      "trailer: x-a",
      "origin: https://evil.example",
      "referer: https://evil.example/secret",
      "api-key: k",
      "openai-organization: org-x",
      "openai-project: proj_x",
      "x-domicile-app: a",
      "x-domicile-end-user: u",
      "x-envoy-original-path: /v1/files",
      length,
    ];
    const got = await sendRaw(port, head(lines) + json);
    expect(statusIn(got)).toBe(200);
    const up = exact.heads()[0]?.headers ?? {};
    expect(Object.keys(up).sort()).toEqual([
      "authorization",
      "connection",
      "content-length",
      "host",
      "user-agent",
      "x-stainless-os",
    ]);
    expect(up.authorization).toBe("Bearer sk-sim-global-lab");
    expect([up.host, up["user-agent"]]).toEqual(["api.openai.com", "caf\xe9/1 \x80"]);
    await exact.nextRecord(exact.lab);
  });

  it("a wish for HTTP/2 in clear is not granted, and the request is answered as it is", async () => {
    const lines = [
      "connection: Upgrade, HTTP2-Settings, close",
      "upgrade: h2c",
      "http2-settings: AAMAAABk",
      length,
    ];
    const got = await sendRaw(port, head(lines) + json);
    expect([statusIn(got), answersIn(got)]).toEqual([200, 1]);
    expect(Object.keys(exact.heads()[0]?.headers ?? {})).not.toContain("upgrade");
    await exact.nextRecord(exact.lab);
  });

  it.each([
    ["CR LF and a header", "%0d%0aset-cookie:%20a=b"],
    ["CR LF and an answer", "%0d%0a%0d%0aHTTP/1.1%20200%20OK"],
  ])("nothing can be written into our answers' heads through the query: %s", async (_what, text) => {
    const got = await sendRaw(
      port,
      head([length, "connection: close"], `POST /v1/chat/completions?x=${text} HTTP/1.1`) + json,
    );
    expect(answersIn(got)).toBe(1);
    expect(got).not.toMatch(/set-cookie/i);
    await exact.nextRecord(exact.lab);
  });

  it("an expectation nobody has is refused, and nothing is sent", async () => {
    const got = await sendRaw(port, head(["expect: 200-ok", length, "connection: close"]) + json);
    expect(statusIn(got)).toBe(417);
    expect(exact.heads()).toEqual([]);
  });
});

describe("a connection with more than one request", () => {
  it("a broken second request never answers for the first", async () => {
    const socket = connect(port, "127.0.0.1");
    let got = "";
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      got += chunk;
    });
    const closed = new Promise((resolve) => socket.once("close", resolve));
    exact.answerWith((request) => {
      request.resume();
      socket.write("BROKEN \x01\r\n\r\n");
    });
    socket.write(`${head([length])}${json}`);
    await closed;
    // The provider has been asked: an answer that says nothing was sent would be taken for the first one's.
    expect([got, exact.heads().length]).toEqual(["", 1]);
    expect(await exact.nextRecord(exact.lab)).toMatchObject({ call_end: "client_abort" });
  });

  it("a body that breaks while its answer is on the way adds nothing to that answer", async () => {
    exact.answerWith((request, response) => {
      request.on("error", () => {});
      request.once("data", () => {
        response.writeHead(200, { "content-type": "text/plain" });
        response.write("begun");
      });
      request.resume();
    });
    const socket = connect(port, "127.0.0.1");
    let got = "";
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      got += chunk;
      if (got.includes("begun")) socket.write("zz\r\n");
    });
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const piece = Buffer.concat([form.file, Buffer.alloc(2 * mib)]);
    const type = "content-type: multipart/form-data; boundary=xx";
    socket.write(head(["transfer-encoding: chunked", type], "POST /v1/files HTTP/1.1"));
    socket.write(
      Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]),
    );
    await closed;
    expect(answersIn(got)).toBe(1);
    expect(got).toMatch(/^HTTP\/1\.1 200 /);
    expect(got).not.toContain("invalid_http");
    expect(await exact.nextRecord(exact.lab)).toMatchObject({ call_end: "client_abort" });
  });

  it("an answer that comes with a second one behind it is never given to the next call", async () => {
    let first = true;
    exact.answerWith((request, response) => {
      request.resume();
      if (!first) return void response.setHeader("content-type", "application/json").end('{"id":"own"}');
      first = false;
      const one = (id: string): string =>
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${id.length + 9}\r\n\r\n{"id":"${id}"}`;
      request.socket.write(one("a") + one("poison"));
    });
    const bodies: string[] = [];
    for (let call = 0; call < 2; call += 1) {
      const sent = await exact.send("/v1/chat/completions", [Buffer.from(json)], {
        headers: { "content-type": "application/json" },
      });
      bodies.push(sent.body.toString());
      await exact.nextRecord(exact.lab);
    }
    expect(bodies[1]).toBe('{"id":"own"}');
    expect(bodies.join()).not.toContain("poison");
  });
});
