import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { connect } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type SimulatedProvider, startSimulatedProvider } from "./server.ts";
import { simulatedHosts } from "./simulated-hosts.ts";
import { openSimulatedClient, type SimulatedClient } from "./testing/simulated-client.ts";

let home: string;
let provider: SimulatedProvider;
let client: SimulatedClient;

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-provider-"));
  provider = await startSimulatedProvider({ home });
  client = openSimulatedClient(provider);
});

afterEach(() => provider.received.clear());

afterAll(async () => {
  await client.close();
  await provider.stop();
  rmSync(home, { recursive: true, force: true });
});

const prompt = { model: "gpt-5.5", messages: [{ role: "user" as const, content: "Where are you?" }] };
function namesOfCertificate(host: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port: provider.port,
      servername: host,
      ca: readFileSync(provider.caFile),
    };
    const socket = connect(options, () => {
      resolve(socket.getPeerCertificate().subjectaltname);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

const ask = (host: string, key: string, body: object = prompt) =>
  client.post(`https://${host}/v1/chat/completions`, key, body);

describe("200", () => {
  it("answers the unmodified client in full, by the newest snapshot of the model asked for", async () => {
    const answer = await client.openai("eu.api.openai.com", "sk-sim-eu-a").chat.completions.create(prompt);
    expect(answer.model).toBe("gpt-5.5-2026-04-23");
    expect(answer.id).toMatch(/^chatcmpl-/);
    expect(answer.choices[0]?.message.content).toContain("simulated provider");
    expect(answer.usage?.total_tokens).toBe(
      (answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0),
    );
  });

  it("streams to the unmodified client piece by piece and gives usage only when asked", async () => {
    const openai = client.openai("eu.api.openai.com", "sk-sim-eu-a");
    const pieces = [];
    for await (const piece of await openai.chat.completions.create({ ...prompt, stream: true }))
      pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.every((piece) => piece.usage == null)).toBe(true);
    const withUsage = [];
    const options = { stream: true, stream_options: { include_usage: true } } as const;
    for await (const piece of await openai.chat.completions.create({ ...prompt, ...options }))
      withUsage.push(piece);
    expect(withUsage.at(-1)?.usage?.completion_tokens).toBeGreaterThan(10);
  });

  it("answers responses, plain and streaming, and embeddings", async () => {
    const openai = client.openai("us.api.openai.com", "sk-sim-us-a");
    const plain = await openai.responses.create({ model: "gpt-5.5", input: "Where are you?", store: false });
    expect(plain.id).toMatch(/^resp_/);
    expect(plain.output_text).toContain("simulated provider");
    expect(plain.usage?.output_tokens).toBeGreaterThan(10);
    const types = new Set<string>();
    for await (const event of await openai.responses.create({
      model: "gpt-5.5",
      input: "Hello",
      stream: true,
    })) {
      types.add(event.type);
    }
    expect(types).toContain("response.output_text.delta");
    expect(types).toContain("response.completed");
    const embedded = await openai.embeddings.create({ model: "text-embedding-3-large", input: ["a", "b"] });
    expect(embedded.data).toHaveLength(2);
    expect(embedded.data[0]?.embedding.length).toBeGreaterThan(100);
  });

  it("sends the first piece of a stream long before the last", async () => {
    const slow = await startSimulatedProvider({ home: `${home}-slow`, latency: "small" });
    const other = openSimulatedClient(slow);
    try {
      const began = performance.now();
      let firstMs = 0;
      const stream = await other
        .openai("eu.api.openai.com", "sk-sim-eu-a")
        .chat.completions.create({ ...prompt, stream: true });
      for await (const _ of stream) firstMs ||= performance.now() - began;
      expect(firstMs * 1.5).toBeLessThan(performance.now() - began);
    } finally {
      await other.close();
      await slow.stop();
      rmSync(`${home}-slow`, { recursive: true, force: true });
    }
  });

  it("carries OpenAI's header set and nothing that names a region", async () => {
    const answer = await ask("eu.api.openai.com", "sk-sim-eu-a");
    await answer.body?.cancel();
    const names = [...answer.headers.keys()];
    for (const name of [
      "cf-ray",
      "openai-organization",
      "openai-processing-ms",
      "openai-project",
      "openai-version",
      "server",
      "x-envoy-upstream-service-time",
      "x-ratelimit-limit-requests",
      "x-ratelimit-limit-tokens",
      "x-ratelimit-remaining-requests",
      "x-ratelimit-remaining-tokens",
      "x-ratelimit-reset-requests",
      "x-ratelimit-reset-tokens",
      "x-request-id",
    ]) {
      expect(names).toContain(name);
    }
    expect(names.filter((name) => /region|residency|geo|country/.test(name))).toEqual([]);
    expect(names.filter((name) => /aimock|access-control/.test(name))).toEqual([]);
    expect(answer.headers.get("cf-ray")).toMatch(/^[0-9a-f]{16}-(FRA|AMS|ARN|CDG)$/);
    expect(answer.headers.get("server")).toBe("cloudflare");
  });

  it("serves a global project with residency per request on every official host: the silent leak", async () => {
    for (const host of ["api.openai.com", "eu.api.openai.com", "us.api.openai.com", "ca.api.openai.com"]) {
      const answer = await ask(host, "sk-sim-global-a");
      await answer.body?.cancel();
      expect(answer.status).toBe(200);
    }
  });

  it("gives each key one project for ever and different keys different projects", async () => {
    const projects = [];
    for (const key of ["sk-sim-eu-a", "sk-sim-eu-a", "sk-sim-eu-b"]) {
      const answer = await ask("eu.api.openai.com", key);
      await answer.body?.cancel();
      projects.push(answer.headers.get("openai-project"));
    }
    expect(projects[0]).toMatch(/^proj_/);
    expect(projects[0]).toBe(projects[1]);
    expect(projects[0]).not.toBe(projects[2]);
  });

  it("lists per region what that region processes", async () => {
    const listed = async (host: string, key: string) => {
      const page = await client.openai(host, key).models.list();
      return page.data.map(({ id }) => id);
    };
    const global = await listed("api.openai.com", "sk-sim-global-a");
    const emirates = await listed("ae.api.openai.com", "sk-sim-ae-a");
    expect(global).toContain("gpt-4o-2024-11-20");
    expect(emirates).toContain("gpt-5.5-2026-04-23");
    expect(emirates).not.toContain("gpt-4o-2024-11-20");
  });

  it("lets the lookalike take any key, without one header of OpenAI", async () => {
    const answer = await ask("api.openai.eu", "sk-anything");
    await answer.body?.cancel();
    expect(answer.status).toBe(200);
    expect([...answer.headers.keys()].filter((name) => /openai|cf-/.test(name))).toEqual([]);
  });
});

describe("400", () => {
  it.each([
    ["/v1/chat/completions", {}],
    ["/v1/chat/completions", { messages: prompt.messages, model: "" }],
    ["/v1/chat/completions", { messages: prompt.messages, model: 5 }],
    ["/v1/responses", { input: "Where are you?" }],
    ["/v1/embeddings", { input: "Where are you?" }],
  ])("asks for a model where %s has none: %j", async (path, body) => {
    const answer = await client.post(`https://eu.api.openai.com${path}`, "sk-sim-eu-a", body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: {
        message: "you must provide a model parameter",
        type: "invalid_request_error",
        code: null,
        param: null,
      },
    });
  });
});

describe("401", () => {
  it.each([
    ["sk-sim-us-a", "api.openai.com", "us.api.openai.com"],
    ["sk-sim-eu-a", "api.openai.com", "eu.api.openai.com"],
    ["sk-sim-us-a", "eu.api.openai.com", "us.api.openai.com"],
    ["sk-sim-eustorage-a", "us.api.openai.com", "eu.api.openai.com"],
    ["sk-sim-globalonly-a", "eu.api.openai.com", "api.openai.com"],
  ])("says incorrect_hostname word for word to %s on %s", async (key, host, rightHost) => {
    const answer = await ask(host, key);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      error: {
        message: `Attempted to access resource with incorrect regional hostname. Please make your request to ${rightHost}`,
        type: "invalid_request_error",
        code: "incorrect_hostname",
        param: null,
      },
      status: 401,
    });
  });

  it.each(["sk-sim-zz-a", "sk-live-a", "sk-sim-eu"])(
    "says invalid_api_key to %s and does not repeat it",
    async (key) => {
      const answer = await ask("eu.api.openai.com", key);
      expect(answer.status).toBe(401);
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({
        error: { code: "invalid_api_key", type: "invalid_request_error" },
      });
      expect(text).not.toContain(key);
      expect(answer.headers.get("openai-project")).toBeNull();
    },
  );
});

describe("404", () => {
  it("says model_not_found for a model nobody has, and for one the region does not process", async () => {
    const nobody = await ask("eu.api.openai.com", "sk-sim-eu-a", { ...prompt, model: "gpt-99" });
    expect(nobody.status).toBe(404);
    expect(await nobody.json()).toEqual({
      error: {
        message: "The model `gpt-99` does not exist or you do not have access to it.",
        type: "invalid_request_error",
        code: "model_not_found",
        param: null,
      },
    });
    const elsewhere = await ask("ae.api.openai.com", "sk-sim-ae-a", { ...prompt, model: "gpt-4o" });
    expect(elsewhere.status).toBe(404);
    await elsewhere.body?.cancel();
  });
});

describe("TLS", () => {
  it("has a certificate for each host that names no other", async () => {
    for (const { host } of simulatedHosts) {
      expect(await namesOfCertificate(host)).toBe(`DNS:${host}`);
    }
  });

  it("misdirects a request whose host is not the one of its connection", async () => {
    const answer = await client.post("https://eu.api.openai.com/v1/chat/completions", "sk-sim-eu-a", prompt, {
      tlsName: "us.api.openai.com",
    });
    await answer.body?.cancel();
    expect(answer.status).toBe(421);
    expect(provider.received.requests()).toEqual([]);
  });

  it("refuses the handshake for a name it does not stand for", async () => {
    await expect(client.post("https://api.example.org/v1/models", "sk-sim-eu-a", prompt)).rejects.toThrow();
    expect(provider.received.handshakes("api.example.org")).toHaveLength(1);
    expect(provider.received.requests()).toEqual([]);
  });

  it("is trusted by nobody who was not given its authority", async () => {
    await expect(
      client.post("https://eu.api.openai.com/v1/chat/completions", "sk-sim-eu-a", prompt, {
        trust: "system",
      }),
    ).rejects.toThrow();
    expect(provider.received.requests()).toEqual([]);
  });
});

describe("what it received", () => {
  it("tells hosts apart and keeps sizes and names, never a key or content", async () => {
    const answer = await ask("eu.api.openai.com", "sk-sim-eu-secret");
    await answer.text();
    expect(provider.received.requests("us.api.openai.com")).toEqual([]);
    const [record] = provider.received.requests("eu.api.openai.com");
    expect(record).toMatchObject({
      method: "POST",
      path: "/v1/chat/completions",
      bodyBytes: Buffer.byteLength(JSON.stringify(prompt)),
      bodyComplete: true,
      projectId: expect.stringMatching(/^proj_/),
    });
    expect(record?.headerNames).toContain("authorization");
    expect(JSON.stringify(provider.received.requests())).not.toMatch(/secret|Where are you/);
  });
});
