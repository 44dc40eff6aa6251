import { createHash } from "node:crypto";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IntakeAnswer } from "../contracts/intake.ts";
import { intakeLimits } from "../contracts/intake.ts";
import { ownGateway } from "../core/intake/own-gateway.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { createIntakeDoor } from "./intake-door.ts";
import { exportedBodies } from "./testing/exported-bodies.ts";

let world: GatewayWorld;
let tenant: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld({
    doors: [(host) => createIntakeDoor(host, { own: ownGateway(8787, []), tenantRecordsPerMinute: 60_000 })],
  });
  tenant = await world.addTenant({ slug: "reporter", preset: "eea_ch", homeRegion: "eu" });
});
afterAll(() => world.stop());

let n = 0;
const record = (over: object = {}) => {
  n += 1;
  return {
    clientId: `r-${n}`,
    startedAt: new Date(Date.now() - 60_000 + n).toISOString(),
    durationMs: 700,
    host: "api.openai.com",
    path: "/v1/chat/completions",
    model: "gpt-4o-2024-08-06",
    status: 200,
    ...over,
  };
};

type Sent = { status: number; headers: Headers; body: IntakeAnswer & { error?: { code: string } } };

async function send(
  body: unknown,
  {
    key = tenant.intakeKey,
    path = "/intake/v1/calls",
    headers = {} as Record<string, string>,
    method = "POST",
  } = {},
): Promise<Sent> {
  const response = await fetch(`http://127.0.0.1:${world.gateway.port}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(key && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(method === "POST" && {
      body: (typeof body === "string" || body instanceof Uint8Array
        ? body
        : JSON.stringify(body)) as BodyInit,
    }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Sent["body"],
  };
}

const ndjson = { "content-type": "application/x-ndjson" };

describe("200", () => {
  it("says of each record what became of it; what is recorded is in the store and the ledger", async () => {
    const one = record({ endUser: "u-1" });
    const { status, body } = await send([
      one,
      { ...one },
      { ...one, status: 500 },
      { clientId: "no-time" },
      7,
    ]);
    expect(status).toBe(200);
    expect(body.results.map(({ outcome }) => outcome)).toEqual([
      "recorded",
      "duplicate",
      "conflict",
      "rejected",
      "rejected",
    ]);
    expect(body.counts).toEqual({
      recorded: 1,
      duplicate: 1,
      conflict: 1,
      joined: 0,
      ignored: 0,
      rejected: 2,
    });
    expect(body.results[0]).toMatchObject({ index: 0, clientId: one.clientId, verdict: "violation" });
    expect(body.results[3]?.error).toMatchObject({ code: "record_invalid", field: "startedAt" });
    const rows = await world.sql<{ source: string; basis: string; entry: number }>(
      tenant.id,
      "select source, basis, ledger_index::int as entry from call where id = $1",
      [body.results[0]?.callId],
    );
    expect(rows).toEqual([{ source: "intake", basis: "reported", entry: expect.any(Number) }]);
  });

  it("takes one object, and lines", async () => {
    expect((await send(record())).body.counts.recorded).toBe(1);
    const lines = [record(), "", record(), "{broken", { ...record(), prompt: "secret words" }, record()];
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\r\n");
    const { body } = await send(text, { headers: ndjson });
    expect(body.results.map(({ outcome }) => outcome)).toEqual([
      "recorded",
      "recorded",
      "rejected",
      "rejected",
      "recorded",
    ]);
    expect(body.results[3]?.error).toMatchObject({ code: "record_invalid", field: "prompt" });
    expect(JSON.stringify(body)).not.toContain("secret words");
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["br", brotliCompressSync],
  ] as const)("takes %s", async (encoding, compress) => {
    const bytes = compress(Buffer.from(JSON.stringify([record(), record()])));
    const { body } = await send(new Uint8Array(bytes), { headers: { "content-encoding": encoding } });
    expect(body.counts.recorded).toBe(2);
  });

  it("takes LiteLLM's payloads at their own address", async () => {
    const at = Date.now() / 1_000 - 30;
    const payload = {
      id: "litellm-1",
      call_type: "acompletion",
      status: "success",
      custom_llm_provider: "openai",
      model: "gpt-4o",
      api_base: "https://api.openai.com/v1",
      startTime: at,
      endTime: at + 1,
      messages: [{ role: "user", content: "secret words" }],
    };
    const { body } = await send([payload, payload, { ...payload, id: "x", custom_llm_provider: "bedrock" }], {
      path: "/intake/v1/litellm",
    });
    expect(body.results.map(({ outcome }) => outcome)).toEqual(["recorded", "duplicate", "ignored"]);
    const rows = await world.sql(tenant.id, "select source from call where id = $1", [
      body.results[0]?.callId,
    ]);
    expect(rows).toEqual([{ source: "litellm" }]);
  });

  it("takes an export of traces in both encodings, and says what OTLP says of it", async () => {
    const bodies = await exportedBodies();
    const url = `http://127.0.0.1:${world.gateway.port}/otlp/v1/traces`;
    const authorization = `Bearer ${tenant.intakeKey}`;
    for (const [type, body] of [
      ["application/x-protobuf", bodies.protobuf],
      ["application/json", bodies.json],
    ] as const) {
      const response = await fetch(url, {
        method: "POST",
        headers: { authorization, "content-type": type, "content-encoding": "gzip" },
        body: new Uint8Array(gzipSync(body)),
      });
      expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
      expect((await response.bytes()).length).toBe(type === "application/json" ? 2 : 0);
    }
    const rows = await world.sql(tenant.id, "select host, source from call where source = 'otlp'");
    expect(rows).toEqual([{ host: "eu.api.openai.com", source: "otlp" }]);
    const refused = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect([refused.status, await refused.json()]).toEqual([
      401,
      { code: 16, message: expect.stringMatching(/^missing_domicile_key: /) },
    ]);
  });

  it("two gateways side by side record each id once", async () => {
    const other = await world.startGateway();
    const records = Array.from({ length: 100 }, () => record());
    const to = (port: number, body: object[]) =>
      fetch(`http://127.0.0.1:${port}/intake/v1/calls`, {
        method: "POST",
        headers: { authorization: `Bearer ${tenant.intakeKey}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      }).then((response) => response.json() as Promise<IntakeAnswer>);
    const answers = await Promise.all([
      to(world.gateway.port, records),
      to(other.port, [...records].reverse()),
    ]);
    const recorded = answers
      .flatMap(({ results }) => results)
      .filter(({ outcome }) => outcome === "recorded");
    expect(new Set(recorded.map(({ clientId }) => clientId)).size).toBe(100);
    expect(recorded).toHaveLength(100);
  });
});

describe("400", () => {
  it.each([
    ["no JSON", "{", {}],
    ["no record", '"text"', {}],
    ["no UTF-8", new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]), {}],
    ["no gzip", "[]", { "content-encoding": "gzip" }],
    ["half a gzip", new Uint8Array(gzipSync("[]").subarray(0, 12)), { "content-encoding": "gzip" }],
  ] as const)("body_unreadable: %s", async (_what, body, headers) => {
    const sent = await send(body, { headers });
    expect([sent.status, sent.body.error?.code]).toEqual([400, "body_unreadable"]);
  });
});

describe("401 and 403", () => {
  it.each([
    ["missing_domicile_key", 401, ""],
    ["invalid_domicile_key", 401, "dom_nothing"],
  ])("%s", async (code, status, key) => {
    const sent = await send([], { key });
    expect([sent.status, sent.body.error?.code]).toEqual([status, code]);
  });

  it("wrong_key_kind: a key for sending calls records none", async () => {
    const sent = await send([], { key: tenant.key });
    expect([sent.status, sent.body.error?.code]).toEqual([403, "wrong_key_kind"]);
  });
});

describe("405, 413, 415", () => {
  it("method_not_allowed", async () => {
    const sent = await send(null, { method: "GET" });
    expect([sent.status, sent.body.error?.code, sent.headers.get("allow")]).toEqual([
      405,
      "method_not_allowed",
      "POST",
    ]);
  });

  it("body_too_large: a bomb is stopped where it grows beyond the limit, in every encoding", async () => {
    const bomb = Buffer.alloc(intakeLimits.plainBytesMax + 1, 0x20);
    for (const [encoding, bytes] of [
      ["gzip", gzipSync(bomb)],
      ["br", brotliCompressSync(bomb)],
    ] as const) {
      const sent = await send(new Uint8Array(bytes), { headers: { "content-encoding": encoding } });
      expect([sent.status, sent.body.error?.code]).toEqual([413, "body_too_large"]);
    }
  });

  it("too_many_records", async () => {
    const sent = await send("{}\n".repeat(intakeLimits.recordsMax + 1), { headers: ndjson });
    expect([sent.status, sent.body.error?.code]).toEqual([413, "too_many_records"]);
  });

  it.each([
    ["unsupported_media_type", { "content-type": "text/csv" }],
    ["unsupported_encoding", { "content-encoding": "zstd" }],
    ["unsupported_encoding", { "content-encoding": "gzip, gzip" }],
  ])("%s", async (code, headers) => {
    const sent = await send("[]", { headers });
    expect([sent.status, sent.body.error?.code]).toEqual([415, code]);
  });
});

describe("429", () => {
  it("rate_limited: what was reported is charged, and what comes next waits", async () => {
    const flood = await world.addTenant({ slug: "flood", preset: "eea_ch", homeRegion: "eu" });
    const gateway = await world.startGateway({
      doors: [(host) => createIntakeDoor(host, { tenantRecordsPerMinute: 60 })],
    });
    const post = (size: number) =>
      fetch(`http://127.0.0.1:${gateway.port}/intake/v1/calls`, {
        method: "POST",
        headers: { authorization: `Bearer ${flood.intakeKey}`, "content-type": "application/json" },
        body: JSON.stringify(Array.from({ length: size }, () => record())),
      });
    expect((await post(70)).status).toBe(200);
    const refused = await post(1);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(10);
    await refused.body?.cancel();
  });

  it("intake_busy: what does not fit is refused before it is read, and nothing of it is recorded", async () => {
    const gateway = await world.startGateway({ doors: [(host) => createIntakeDoor(host, { openMax: 0 })] });
    const response = await fetch(`http://127.0.0.1:${gateway.port}/intake/v1/calls`, {
      method: "POST",
      headers: { authorization: `Bearer ${tenant.intakeKey}`, "content-type": "application/json" },
      body: JSON.stringify([record()]),
    });
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(((await response.json()) as Sent["body"]).error?.code).toBe("intake_busy");
  });
});

describe("on a thread of its own", () => {
  it("records the same, and a stop waits for what is at work", async () => {
    const gateway = await world.startGateway({ doors: [(host) => createIntakeDoor(host, { threads: 1 })] });
    const records = Array.from({ length: 300 }, () => record());
    const sent = fetch(`http://127.0.0.1:${gateway.port}/intake/v1/calls`, {
      method: "POST",
      headers: { authorization: `Bearer ${tenant.intakeKey}`, "content-type": "application/json" },
      body: JSON.stringify(records),
    }).then((response) => response.json() as Promise<IntakeAnswer>);
    const { counts } = await sent;
    await gateway.stop();
    expect(counts.recorded).toBe(300);
  });
});

describe("figures", () => {
  it("are on /metrics, without a tenant or an id in them", async () => {
    const text = await (await fetch(`http://127.0.0.1:${world.gateway.port}/metrics`)).text();
    expect(text).toMatch(/domicile_intake_records_total\{route="calls",outcome="recorded"\} \d+/);
    expect(text).toMatch(/domicile_intake_refusals_total\{route="calls",code="body_unreadable"\} \d+/);
    expect(text).toContain("domicile_gateway_calls_in_flight");
    expect(text).not.toContain(createHash("sha256").update(tenant.id).digest("hex"));
    expect(text).not.toContain(tenant.id);
  });
});
