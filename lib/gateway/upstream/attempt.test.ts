import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authority, openAuthority } from "../../providers/simulated/authority.ts";
import { keyHash, startRoundRobin, startTlsBackend, type TlsBackend } from "../../testing/tls-backend.ts";
import { type Seen, startAttempt } from "./attempt.ts";
import { createDialler, type Dialler, type DiallerOptions } from "./dialler.ts";

const host = "eu.api.openai.com";
const folders: string[] = [];
const stops: (() => Promise<unknown>)[] = [];
let first: Authority;
let second: Authority;

beforeAll(async () => {
  first = await newAuthority();
  second = await newAuthority();
});

afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function newAuthority(): Promise<Authority> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "domicile-tls-"));
  folders.push(folder);
  return openAuthority(folder, [host]);
}

function certificateOf(authority: Authority) {
  const certificate = authority.hosts[host];
  if (!certificate) throw new Error("No certificate was made.");
  return certificate;
}

async function backend(
  authority: Authority,
  listener: Parameters<typeof startTlsBackend>[1],
): Promise<TlsBackend> {
  const started = await startTlsBackend(certificateOf(authority), listener);
  stops.push(started.stop);
  return started;
}

function dialler(port: number, changed: Partial<DiallerOptions> = {}): Dialler {
  const made = createDialler({
    connectTo: [{ host, address: "127.0.0.1", port }],
    onlyConnectTo: false,
    authorities: first.ca + second.ca,
    connectTimeoutMs: 2_000,
    answerTimeoutMs: 2_000,
    idleTimeoutMs: 2_000,
    connectionsMax: 64,
    ...changed,
  });
  stops.push(made.close);
  return made;
}

type Answer = { seen: Seen; headers: IncomingHttpHeaders; body: string; error: Error | null };

function ask(on: Dialler, body: Buffer | null = Buffer.from("{}"), to = host): Promise<Answer> {
  return new Promise((resolve) => {
    let headers: IncomingHttpHeaders = {};
    let text = "";
    const attempt = startAttempt(
      on,
      {
        host: to,
        method: body ? "POST" : "GET",
        path: "/v1/chat/completions",
        headers: { authorization: "Bearer k" },
        body: body ? { kind: "held", bytes: body } : { kind: "none" },
      },
      {
        answered: (_status, answered) => {
          headers = answered;
        },
        data: (chunk) => {
          text += chunk.toString();
          return true;
        },
        ended: (error) => resolve({ seen: attempt.seen, headers, body: text, error }),
      },
    );
  });
}

describe("evidence", () => {
  it("is of the socket that carried this very request, with many connections to different servers at once", async () => {
    const listener =
      (name: string): Parameters<typeof startTlsBackend>[1] =>
      (request, response) => {
        const ms = Number(request.headers["x-wait"] ?? Math.floor(Math.random() * 20));
        setTimeout(() => {
          response.setHeader("x-server", name);
          response.end(String(request.socket.remotePort));
        }, ms);
      };
    const one = await backend(first, listener("one"));
    const two = await backend(second, listener("two"));
    const front = await startRoundRobin([one.port, two.port]);
    stops.push(front.stop);
    const on = dialler(front.port);
    const hashes: Record<string, string> = {
      one: keyHash(certificateOf(first)),
      two: keyHash(certificateOf(second)),
    };
    expect(hashes.one).not.toBe(hashes.two);
    const servers = new Set<string>();
    // Later rounds reuse connections in whatever order they became free.
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(Array.from({ length: 24 }, () => ask(on)));
      for (const { seen, headers } of answers) {
        const server = String(headers["x-server"]);
        servers.add(server);
        expect(seen.peer?.peerKeySha256).toBe(hashes[server]);
      }
    }
    expect([...servers].sort()).toEqual(["one", "two"]);
  });

  it("names address, port, TLS name and version, and what was written", async () => {
    const { port } = await backend(first, (_request, response) => void response.end("yes"));
    const body = Buffer.alloc(100_000, "x");
    const { seen } = await ask(dialler(port), body);
    expect(seen).toMatchObject({ progress: "sent", status: 200, failure: null, responseBytes: 3 });
    expect(seen.peer).toEqual({
      address: "127.0.0.1",
      port,
      tlsName: host,
      tlsVerified: true,
      tlsProtocol: "TLSv1.3",
      peerKeySha256: keyHash(certificateOf(first)),
    });
    expect(seen.requestBytes).toBeGreaterThan(body.byteLength);
    expect(seen.requestBytes).toBeLessThan(body.byteLength + 400);
  });
});

describe("nothing is sent", () => {
  it("to a server whose certificate is from another authority", async () => {
    let requests = 0;
    const { port } = await backend(second, (_request, response) => {
      requests += 1;
      response.end();
    });
    const { seen } = await ask(dialler(port, { authorities: first.ca }));
    expect(seen).toMatchObject({ progress: "not_sent", failure: "tls", peer: null, requestBytes: 0 });
    expect(requests).toBe(0);
  });

  it("to a server whose certificate is for another name", async () => {
    const { port } = await backend(first, (_request, response) => void response.end());
    const on = dialler(port, { connectTo: [{ host: "us.api.openai.com", address: "127.0.0.1", port }] });
    const { seen } = await ask(on, null, "us.api.openai.com");
    expect(seen).toMatchObject({ progress: "not_sent", failure: "tls" });
  });

  it("where nobody listens", async () => {
    const gone = await startRoundRobin([1]);
    await gone.stop();
    const { seen } = await ask(dialler(gone.port));
    expect(seen).toMatchObject({ progress: "not_sent", failure: "tcp" });
  });

  it("to a real provider from a simulated tenant, even where its name is public", async () => {
    const on = dialler(0, {
      connectTo: [],
      onlyConnectTo: true,
      resolve: async () => [{ address: "104.18.6.192", family: 4 }],
    });
    expect((await ask(on)).seen).toMatchObject({ progress: "not_sent", failure: "address_refused" });
  });

  it("to a name that cannot be resolved", async () => {
    const on = dialler(0, { connectTo: [], resolve: () => Promise.reject(new Error("ENOTFOUND")) });
    expect((await ask(on)).seen).toMatchObject({ progress: "not_sent", failure: "dns" });
  });

  it.each([
    ["a private address", ["10.0.0.1"]],
    ["loopback", ["127.0.0.1"]],
    ["a public address beside the metadata address", ["104.18.6.192", "169.254.169.254"]],
    ["a public IPv4 address beside a local IPv6 one", ["104.18.6.192", "fd00::1"]],
    ["a mapped metadata address", ["::ffff:169.254.169.254"]],
  ])("to a name that resolves to %s", async (_what, addresses) => {
    const on = dialler(0, {
      connectTo: [],
      resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    });
    expect((await ask(on)).seen).toMatchObject({ progress: "not_sent", failure: "address_refused" });
  });

  it.each(["127.0.0.1", "169.254.169.254", "2130706433", "0x7f000001"])(
    "to the literal address %s, for which Node would look nothing up",
    async (literal) => {
      const { seen } = await ask(dialler(0, { connectTo: [] }), null, literal);
      expect(seen).toMatchObject({ progress: "not_sent", failure: "address_refused" });
    },
  );
});

describe("something is sent", () => {
  it("but never twice: a server that cuts the connection gets one request", async () => {
    let requests = 0;
    const { port } = await backend(first, (request) => {
      requests += 1;
      request.socket.destroy();
    });
    const { seen } = await ask(dialler(port));
    expect(seen).toMatchObject({ failure: "reset", status: null });
    expect(["sent", "partial"]).toContain(seen.progress);
    expect(requests).toBe(1);
  });

  it("but a redirect is an answer like any other", async () => {
    const { port } = await backend(first, (_request, response) => {
      response.writeHead(307, { location: "https://us.api.openai.com/v1/chat/completions" }).end();
    });
    const { seen } = await ask(dialler(port));
    expect(seen).toMatchObject({ progress: "sent", status: 307, failure: null });
  });

  it("and a server that never answers is left", async () => {
    const { port } = await backend(first, () => {});
    const { seen } = await ask(dialler(port, { answerTimeoutMs: 200 }));
    expect(seen).toMatchObject({ progress: "sent", failure: "idle", status: null });
  });

  it("and a server that goes on telling is listened to, for longer in all than any of its pauses may be", async () => {
    const { port } = await backend(first, (_request, response) => {
      let said = 0;
      const timer = setInterval(() => {
        response.write("x");
        said += 1;
        if (said < 18) return;
        clearInterval(timer);
        response.end();
      }, 100);
    });
    const { seen, body } = await ask(dialler(port, { answerTimeoutMs: 1_500, idleTimeoutMs: 1_500 }));
    expect(seen).toMatchObject({ progress: "sent", failure: null, status: 200 });
    expect(body).toBe("x".repeat(18));
  });

  it("and a server that stops in the middle is left", async () => {
    const { port } = await backend(first, (_request, response) => void response.write("half"));
    const { seen, body } = await ask(dialler(port, { idleTimeoutMs: 200 }));
    expect(seen).toMatchObject({ progress: "sent", failure: "idle", status: 200 });
    expect(body).toBe("half");
  });
});
