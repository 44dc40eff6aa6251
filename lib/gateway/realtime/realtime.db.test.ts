import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, type Server } from "node:net";
import os from "node:os";
import path from "node:path";
import { createServer as createTlsServer } from "node:tls";
import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { openAuthority } from "../../providers/simulated/authority.ts";
import { revokeCredential } from "../../services/credentials/revoke-credential.ts";
import { createKey } from "../../services/keys/create-key.ts";
import { revokeKey } from "../../services/keys/revoke-key.ts";
import { changePolicy } from "../../testing/change-policy.ts";
import { callsOf, type GatewayCalls, tenantWishes } from "../../testing/gateway-calls.ts";
import {
  createGatewayWorld,
  type GatewayWorld,
  type RecordedRow,
  type WorldTenant,
} from "../../testing/gateway-world.ts";
import { type Listening, listenTo } from "../../testing/listening.ts";

let world: GatewayWorld;
let calls: GatewayCalls;
let bank: WorldTenant;
let apps: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld();
  calls = callsOf(world);
  bank = await world.addTenant(tenantWishes.bank);
  apps = await world.addTenant(tenantWishes.apps);
});

afterAll(() => world.stop());

const admin = { kind: "system", job: "test" } as const;
const model = "gpt-realtime-2";
const message = {
  type: "conversation.item.create",
  item: { type: "message", role: "user", content: [{ type: "input_text", text: "Where are you?" }] },
};

/** A wish behind the name of sound: parsers of JSON keep the second. */
const twice =
  '{"type":"input_audio_buffer.append","type":"session.update","session":{"type":"realtime","tracing":"auto"}}';

const factsOf = (record: RecordedRow) => (record as unknown as { facts: Record<string, unknown> }).facts;

type Wish = {
  headers?: Record<string, string>;
  protocols?: string[];
  path?: string;
  query?: string;
  gateway?: number;
};

/** A session through the gateway, by any client that speaks RFC 6455. */
/** Sessions open at a gateway, as it tells. */
async function sessionsOf(port: number): Promise<number> {
  const text = await fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text());
  return Number(/^domicile_gateway_realtime_sessions(?:{.*})? (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
}

function open(tenant: WorldTenant | null, wish: Wish = {}): Listening {
  const { headers = {}, protocols = ["realtime"], query = `model=${model}` } = wish;
  const url = `ws://127.0.0.1:${wish.gateway ?? world.gateway.port}/v1/${wish.path ?? "realtime"}?${query}`;
  const key = tenant ? { authorization: `Bearer ${tenant.key}` } : {};
  return listenTo(new WebSocket(url, protocols, { headers: { ...key, ...headers } }));
}

describe("a realtime session", () => {
  it("passes events both ways and is one call, with the tokens of all its answers", async () => {
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank);
      expect((await session.event("session.created")).session).toMatchObject({ model });
      for (let turn = 0; turn < 2; turn += 1) {
        session.send(message);
        session.send({ type: "response.create" });
        await session.event("response.done");
      }
      session.socket.close(1000);
      await session.closed;
    });
    expect(record).toMatchObject({
      operation: "realtime.connect",
      verdict: "compliant",
      host: "eu.api.openai.com",
      status: 101,
      call_end: "complete",
      stream: true,
      model_requested: model,
      model_answered: model,
      output_tokens: 8,
      attempts: [{ evidence: { host: "eu.api.openai.com", progress: "sent" } }],
    });
    expect(record.input_tokens).toBeGreaterThan(16);
  });

  it("with two models in its address is refused before anything is sent: nobody knows which the provider takes", async () => {
    world.provider.received.clear();
    const session = open(bank, { query: `model=${model}&m%6fdel=another` });
    expect(await session.refused).toMatchObject({ status: 400 });
    expect(world.provider.received.requests()).toEqual([]);
  });

  it("tells the caller its call, host and region", async () => {
    const session = open(bank);
    const { headers } = await session.upgraded;
    expect(headers).toMatchObject({
      "x-domicile-host": "eu.api.openai.com",
      "x-domicile-region": "eu",
      "sec-websocket-protocol": "realtime",
    });
    const [row] = await calls.recordsOf(bank, async () => {
      session.socket.close();
      await session.closed;
    });
    expect(row?.id).toBe(headers["x-domicile-call-id"]);
  });

  it("takes a browser's key from the subprotocol, and sends no key of ours upstream", async () => {
    world.provider.received.clear();
    await calls.recordOf(bank, async () => {
      const session = open(null, { protocols: ["realtime", `openai-insecure-api-key.${bank.key}`] });
      expect((await session.upgraded).headers["sec-websocket-protocol"]).toBe("realtime");
      await session.event("session.created");
      session.socket.close();
      await session.closed;
    });
    const [request] = world.provider.received.requests("eu.api.openai.com");
    expect(request).toMatchObject({ path: "/v1/realtime", status: 101 });
    expect(request?.headerNames.filter((name) => name.startsWith("x-domicile"))).toEqual([]);
  });

  it("passes large messages unchanged in number and size; sound that says nothing else leaves the call clear", async () => {
    const audio = "A".repeat(6 * 1024 * 1024);
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank);
      await session.event("session.created");
      session.send({ type: "input_audio_buffer.append", audio });
      session.send({ type: "input_audio_buffer.commit" });
      await session.event("input_audio_buffer.committed");
      session.socket.close();
      await session.closed;
    });
    const { requestBytes: sent } = record.attempts[0]?.evidence ?? {};
    expect(Number(sent)).toBeGreaterThan(audio.length);
    expect(record.verdict).toBe("compliant");
    expect(factsOf(record)).toMatchObject({ requestBody: "read", responseBody: "read" });
  });

  it("what nobody can read goes on where the policy lets the unknown pass, and is not called clear", async () => {
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank);
      await session.event("session.created");
      session.socket.send(Buffer.from([1, 2, 3]));
      expect((await session.event("error")).error).toMatchObject({ code: "invalid_json" });
      session.socket.send(twice);
      expect((await session.event("session.updated")).session).toMatchObject({ tracing: "auto" });
      session.socket.close();
      await session.closed;
    });
    expect(record).toMatchObject({ verdict: "unverifiable" });
    expect(record.reasons).toContain("content_path_not_observed");
    expect(factsOf(record)).toMatchObject({ requestBody: "unread", unreadable: ["session"] });
  });

  it("where the policy refuses the unknown it is held back, and the session goes on", async () => {
    const strict = await world.addTenant({ ...tenantWishes.bank, slug: "strict", preset: "eea_ch_strict" });
    const record = await calls.recordOf(strict, async () => {
      const session = open(strict);
      await session.event("session.created");
      for (const message of [Buffer.from([1, 2, 3]), twice]) {
        session.socket.send(message);
        expect((await session.event("error")).event_id).toMatch(/^event_domicile_/);
      }
      session.send({ type: "session.update", session: { instructions: "Be short." } });
      expect((await session.event("session.updated")).session).toMatchObject({ tracing: null });
      session.socket.close();
      await session.closed;
    });
    expect(record.verdict).toBe("compliant");
    expect(factsOf(record)).toMatchObject({ requestBody: "read", unreadable: [] });
  });
});

describe("the official client", () => {
  let terminator: Server;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "domicile-realtime-"));
    const authority = await openAuthority(folder, ["gateway.test"]);
    const { certificate: cert, key } = authority.hosts["gateway.test"] ?? {};
    terminator = createTlsServer({ cert, key }, (client) => {
      const gateway = connect(world.gateway.port, "127.0.0.1");
      client.pipe(gateway).pipe(client);
      for (const socket of [client, gateway])
        socket
          .on("error", () => undefined)
          .once("close", () => {
            client.destroy();
            gateway.destroy();
          });
    });
    await new Promise<void>((resolve) => terminator.listen(0, "127.0.0.1", resolve));
  });

  afterAll(() => {
    terminator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("holds a session, told a base URL and a key", async () => {
    const { port } = terminator.address() as AddressInfo;
    const record = await calls.recordOf(bank, async () => {
      const client = new OpenAI({ apiKey: bank.key, baseURL: `https://127.0.0.1:${port}/v1` });
      const session = new OpenAIRealtimeWS({ model, options: { rejectUnauthorized: false } }, client);
      const text = await new Promise<string>((resolve, reject) => {
        let said = "";
        session.on("error", reject);
        session.on("session.created", () => {
          session.send(message as never);
          session.send({ type: "response.create" });
        });
        session.on("response.output_text.delta", ({ delta }) => {
          said += delta;
        });
        session.on("response.done", () => resolve(said));
      });
      expect(text).toBe("This answer is simulated.");
      const closed = new Promise((resolve) => session.socket.once("close", resolve));
      session.close();
      await closed;
    });
    expect(record).toMatchObject({ verdict: "compliant", model_answered: model, output_tokens: 4 });
  });
});

describe("what is refused", () => {
  it("a session outside policy, before anything leaves", async () => {
    world.provider.received.clear();
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank, { headers: { "x-domicile-target-region": "us" } });
      const { status, body } = await session.refused;
      expect([status, JSON.parse(body).error.code]).toEqual([403, "region_blocked"]);
    });
    expect(record).toMatchObject({ verdict: "blocked", refusal: { code: "region_blocked" } });
    expect(world.provider.received.handshakes()).toEqual([]);
  });

  it("a model that Europe does not have", async () => {
    const query = "model=gpt-4o-realtime-preview-2024-12-17";
    const record = await calls.recordOf(bank, async () => {
      const { body } = await open(bank, { query }).refused;
      expect(JSON.parse(body).error.code).toBe("model_not_eligible");
    });
    expect(record.verdict).toBe("blocked");
  });

  it("a key of the caller's own that may not go there, and the refusal is recorded", async () => {
    const record = await calls.recordOf(bank, async () => {
      const headers = { authorization: "Bearer sk-proj-real", "x-domicile-key": bank.key };
      const { status, body } = await open(null, { headers }).refused;
      expect([status, JSON.parse(body).error.code]).toEqual([403, "live_key_refused"]);
    });
    expect(record).toMatchObject({ call_end: "refused", refusal: { code: "live_key_refused" } });
  });

  it("a wrong key, and none", async () => {
    const wrong = await open(null, { headers: { authorization: "Bearer dom_wrong" } }).refused;
    expect([wrong.status, JSON.parse(wrong.body).error.code]).toEqual([401, "invalid_domicile_key"]);
    expect((await open(null).refused).status).toBe(401);
  });

  it.each([
    ["another path", "/v1/chat/completions", {}],
    [
      "a Live session, which nobody here could judge",
      "/v1/live/sessions",
      {},
      "Live sessions are not opened",
    ],
    ["a second connection to one", "/v1/live/sessions/live_1/attach", {}, "Live sessions are not opened"],
    ["another version", "/v1/realtime?model=x", { "sec-websocket-version": "8" }],
    ["a broken key of the handshake", "/v1/realtime?model=x", { "sec-websocket-key": "short" }],
    ["a subprotocol twice", "/v1/realtime?model=x", { "sec-websocket-protocol": "realtime, realtime" }],
  ])("%s: 400, nothing sent", async (_, url, changed, why = "Nothing was sent") => {
    const answer = await raw(url, {
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...changed,
    });
    expect(answer).toContain("HTTP/1.1 400 ");
    expect(answer).toContain('"invalid_http"');
    expect(answer).toContain(why);
  });

  it("an offer of another protocol is passed over, and the call answered", async () => {
    const answer = await raw("/v1/models", { upgrade: "h2c", "http2-settings": "AAMAAABkAAQAAP__" });
    expect(answer).toContain("HTTP/1.1 200 OK");
    await calls.recordsOf(bank, async () => undefined);
  });

  it.each([
    "realtime/client_secrets",
    "realtime/sessions",
    "realtime/calls",
    "realtime/calls/rtc_1/accept",
    "realtime/transcription_sessions",
    "realtime/translations/client_secrets",
    "live/sessions",
    "live/sessions/live_1/accept",
    "live/sessions/live_1/fork",
    "chatkit/sessions",
  ])("/v1/%s opens a way past the gateway: refused where the policy blocks", async (name) => {
    const body = JSON.stringify({ model, session: { type: "realtime", model } });
    const post = (tenant: WorldTenant) =>
      calls.post(`/${name}`, { authorization: `Bearer ${tenant.key}` }, body);
    const blocked = await calls.recordOf(bank, async () => {
      expect(await post(bank)).toMatchObject({ status: 403, code: "endpoint_not_eligible" });
    });
    expect(blocked).toMatchObject({ verdict: "blocked", attempts: [{ progress: "refused" }] });
  });

  it("where the policy observes, the call goes on and its content counts as unseen", async () => {
    const record = await calls.recordOf(apps, async () => {
      const client = world.openai(apps.key, { defaultHeaders: { "x-domicile-target-region": "eu" } });
      const secret = await client.realtime.clientSecrets.create({ session: { type: "realtime", model } });
      expect(secret.value).toMatch(/^ek_/);
    });
    expect(record).toMatchObject({
      verdict: "unverifiable",
      would_block: { code: "endpoint_not_eligible" },
    });
    expect(record.reasons).toContain("content_path_not_observed");
  });

  it("the client secret of a ChatKit session goes on there too, as what a blocking policy would have refused", async () => {
    const record = await calls.recordOf(apps, async () => {
      const to = { authorization: `Bearer ${apps.key}`, "x-domicile-target-region": "eu" };
      await calls.post("/chatkit/sessions", to, JSON.stringify({ user: "u", workflow: { id: "wf_1" } }));
    });
    expect(record).toMatchObject({
      verdict: "unverifiable",
      would_block: { code: "endpoint_not_eligible" },
    });
    expect(record.reasons).toContain("endpoint_unlisted");
  });

  it("the provider's own refusal reaches the caller and the record", async () => {
    const record = await calls.recordOf(apps, async () => {
      const { status, body } = await open(apps, { query: "model=gpt-no-such" }).refused;
      expect([status, JSON.parse(body).error.code]).toEqual([404, "model_not_found"]);
    });
    expect(record).toMatchObject({ status: 404, call_end: "complete", model_requested: "gpt-no-such" });
  });

  it.each([
    ["a redirect is not followed", "sim-redirect", 502, "upstream_redirect"],
    ["a connection that breaks", "sim-reset", 502, "upstream_failed"],
  ])("%s", async (_, asked, status, code) => {
    const record = await calls.recordOf(apps, async () => {
      const refused = await open(apps, { query: `model=${asked}` }).refused;
      expect([refused.status, JSON.parse(refused.body).error.code]).toEqual([status, code]);
    });
    expect(record.attempts).toHaveLength(1);
  });
});

describe("ends", () => {
  it("a caller that vanishes", async () => {
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank);
      await session.event("session.created");
      session.socket.terminate();
    });
    expect(record).toMatchObject({ call_end: "client_abort", status: 101 });
  });

  it("a provider that vanishes", async () => {
    const record = await calls.recordOf(apps, async () => {
      const session = open(apps, { query: "model=sim-stream-cut" });
      await session.event("session.created");
      expect(await session.closed).toBe(1011);
    });
    expect(record).toMatchObject({
      call_end: "upstream_failed",
      host: "api.openai.com",
      verdict: "violation",
    });
  });

  it("a caller that answers no ping", async () => {
    const gateway = await world.startGateway({ pingEveryMs: 100 });
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank, { gateway: gateway.port });
      await session.event("session.created");
      session.socket.pause();
      // A socket that is paused does not hear of its end either.
      await expect.poll(() => sessionsOf(gateway.port)).toBe(0);
      session.socket.resume();
      await session.closed;
    });
    await gateway.stop();
    expect(record.call_end).toBe("client_abort");
  });

  it("a gateway that stops says so, and records every session", async () => {
    const gateway = await world.startGateway();
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank, { gateway: gateway.port });
      await session.event("session.created");
      await gateway.stop();
      expect(await session.closed).toBe(1012);
    });
    expect(record.call_end).toBe("complete");
  });
});

describe("a session and its policy", () => {
  it("what a session may not become is held back and said, and the session goes on", async () => {
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank);
      await session.event("session.created");
      session.send({ type: "session.update", session: { tracing: "auto" } });
      expect((await session.event("error")).error).toMatchObject({ code: "feature_not_eligible" });
      session.send({ type: "session.update", session: { instructions: "Be short." } });
      expect((await session.event("session.updated")).session).toMatchObject({ tracing: null });
      session.socket.close();
      await session.closed;
    });
    expect(record).toMatchObject({ verdict: "compliant" });
  });

  it("what it was asked for once stays in the record, though it is taken back", async () => {
    const record = await calls.recordOf(apps, async () => {
      const session = open(apps, { headers: { "x-domicile-target-region": "eu" } });
      await session.event("session.created");
      for (const tracing of ["auto", null]) {
        session.send({ type: "session.update", session: { tracing } });
        await session.event("session.updated");
      }
      session.send({ type: "response.create", response: { conversation: "none" } });
      await session.event("response.done");
      session.socket.close();
      await session.closed;
    });
    expect(record.would_block?.code).toBe("feature_not_eligible");
    expect(record.verdict).not.toBe("compliant");
    expect(factsOf(record)).toMatchObject({
      featuresOffered: ["realtime_tracing"],
      storedStateRefs: [],
    });
  });

  it("a new policy begins a call of its own; one that refuses the session ends it", async () => {
    const tenant = await world.addTenant({ ...tenantWishes.bank, slug: "changing" });
    const change = (changes: object) => changePolicy(world, tenant, changes);
    const session = open(tenant);
    await session.event("session.created");
    await change({ deniedFeatures: ["web_search"] });
    const first = await world.recorded(tenant.id, 1);
    session.send({ type: "response.create" });
    await session.event("response.done");
    await change({ models: ["gpt-5.5"] });
    expect((await session.event("error")).error).toMatchObject({ code: "model_not_eligible" });
    expect(await session.closed).toBe(1008);
    const rows = await world.recorded(tenant.id, 2);
    expect(first[0]).toMatchObject({ call_end: "complete", output_tokens: null });
    expect(rows.map((row) => [row.verdict, row.output_tokens])).toEqual([
      ["compliant", null],
      ["compliant", 4],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
  });

  it("ends when the provider's key it was opened with is revoked, and is recorded", async () => {
    const tenant = await world.addTenant({ ...tenantWishes.bank, slug: "revoking" });
    const record = await calls.recordOf(tenant, async () => {
      const session = open(tenant);
      await session.event("session.created");
      const [credential] = await world.sql<{ id: string }>(
        tenant.id,
        "select id from provider_credential where tenant_id = $1",
        [tenant.id],
      );
      const wish = { tenant: tenant.slug, credentialId: credential?.id ?? "" };
      await world.as("web", () => revokeCredential(admin, wish));
      expect((await session.event("error")).error).toMatchObject({ code: "no_provider_credential" });
      expect(await session.closed).toBe(1008);
    });
    expect(record).toMatchObject({ call_end: "complete", verdict: "compliant" });
  });

  it.each([
    ["revoked", "invalid_domicile_key"],
    ["past its end", "key_expired"],
  ])("ends within five seconds when its Domicile key is %s, and is recorded", async (how, code) => {
    const key = { name: how, application: "app", environment: "test", purpose: "", kind: "gateway" } as const;
    const expiresAt = how === "revoked" ? null : new Date(Date.now() + 5_000).toISOString();
    const { key: made, secret } = await world.as("web", () =>
      createKey(admin, { tenant: bank.slug, ...key, target: "policy", expiresAt }),
    );
    const record = await calls.recordOf(bank, async () => {
      const session = open({ ...bank, key: secret });
      await session.event("session.created");
      if (how === "revoked")
        await world.as("web", () => revokeKey(admin, { tenant: bank.slug, keyId: made.id }));
      const from = Math.max(Date.now(), Date.parse(expiresAt ?? "1970-01-01"));
      expect((await session.event("error")).error).toMatchObject({ code });
      expect(await session.closed).toBe(1008);
      expect(Date.now() - from).toBeLessThan(5_000);
    });
    expect(record).toMatchObject({ call_end: "complete", verdict: "compliant" });
  });
});

describe("what is told of sessions", () => {
  it("a session of translations is counted as one", async () => {
    await calls.recordOf(bank, async () => {
      const path = "realtime/translations";
      const session = open(bank, { path, query: "model=gpt-realtime-translate" });
      await session.upgraded;
      session.socket.close();
      await session.closed;
    });
    const text = await (await fetch(new URL("/metrics", world.baseUrl))).text();
    expect(text).toMatch(
      /calls_total\{operation="realtime.translations.connect",outcome="session_ended",[^}]*\} 1\n/,
    );
  });
});

/** One request in bytes, and the head and body that came before the connection was closed or went quiet. */
function raw(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(world.gateway.port, "127.0.0.1", () => {
      const lines = Object.entries({
        host: "gateway.test",
        authorization: `Bearer ${bank.key}`,
        connection: "Upgrade",
        ...headers,
      }).map(([name, value]) => `${name}: ${value}`);
      socket.write([`GET ${url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
    });
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString();
      // It goes quiet only after it has begun, however long that takes.
      socket.setTimeout(500, () => socket.end());
    });
    socket.on("error", reject);
    socket.once("close", () => resolve(answer));
  });
}
