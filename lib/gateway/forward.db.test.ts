import { setTimeout as sleep } from "node:timers/promises";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeKey } from "../services/keys/revoke-key.ts";
import {
  createGatewayWorld,
  type GatewayWorld,
  type RecordedRow,
  type WorldTenant,
} from "../testing/gateway-world.ts";

const prompt = { model: "gpt-5.5", messages: [{ role: "user" as const, content: "Where are you?" }] };
const json = JSON.stringify(prompt);
const bodyBytesMax = 4_096;

let world: GatewayWorld;
/** Blocks; pinned to Europe. */
let bank: WorldTenant;
/** Observes; its key asks for the global host: the silent leak. */
let apps: WorldTenant;
let atlas: WorldTenant;
let live: WorldTenant;
/** Requires no place, so that any model may be asked for. */
let lab: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld({ bodyBytesMax, answerTimeoutMs: 600, idleTimeoutMs: 600 });
  const pinned = { secret: "sk-sim-eu-bank", pin: { kind: "processing", region: "eu" } } as const;
  bank = await world.addTenant({ slug: "bank", preset: "eea_ch", homeRegion: "eu", ...pinned });
  apps = await world.addTenant({
    slug: "apps",
    preset: "eea_ch",
    homeRegion: "eu",
    enforcement: "observe",
    target: "api.openai.com",
    secret: "sk-sim-global-apps",
    hosts: ["api.openai.com", "eu.api.openai.com"],
    pin: { kind: "global", region: null },
  });
  atlas = await world.addTenant({
    slug: "atlas",
    preset: "us_global_accepted",
    homeRegion: "us",
    secret: "sk-sim-us-atlas",
    hosts: ["us.api.openai.com"],
    pin: { kind: "processing", region: "us" },
  });
  live = await world.addTenant({ slug: "live", preset: "eea_ch", homeRegion: "eu", mode: "live" });
  lab = await world.addTenant({
    slug: "lab",
    preset: "no_location_requirement",
    secret: "sk-sim-global-lab",
    hosts: ["api.openai.com"],
  });
});

afterAll(() => world.stop());

const counted = new Map<string, number>();

/** Runs calls of a tenant and answers the records they left. */
async function recordsOf(
  tenant: WorldTenant,
  action: () => Promise<unknown>,
  calls = 1,
): Promise<RecordedRow[]> {
  const before = counted.get(tenant.id) ?? 0;
  await action();
  const rows = await world.recorded(tenant.id, before + calls);
  counted.set(tenant.id, rows.length);
  return rows.slice(before);
}

async function recordOf(tenant: WorldTenant, action: () => Promise<unknown>): Promise<RecordedRow> {
  const [row] = await recordsOf(tenant, action);
  if (!row) throw new Error("Nothing was recorded.");
  return row;
}

type Refused = { status: number; code: string; headers: Headers };

async function post(
  path: string,
  headers: Record<string, string>,
  body: string = json,
  method = "POST",
): Promise<Refused & { json: unknown }> {
  const response = await fetch(`${world.baseUrl}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(method === "GET" ? {} : { body }),
    redirect: "manual",
  });
  const answer = (await response.json()) as { error?: { code: string } };
  return { status: response.status, code: answer.error?.code ?? "", headers: response.headers, json: answer };
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const requestsSeen = () => world.provider.received.requests().length;

async function refusedByClient(action: () => Promise<unknown>): Promise<Refused> {
  const error = await action().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OpenAI.APIError)) throw new Error(`Not refused: ${String(error)}`);
  return { status: error.status ?? 0, code: error.code ?? "", headers: error.headers ?? new Headers() };
}

describe("200", () => {
  it("chat: the answer reaches the unmodified client, the evidence the record", async () => {
    let headers = new Headers();
    const call = await recordOf(bank, async () => {
      const { data, response } = await world.openai(bank.key).chat.completions.create(prompt).withResponse();
      expect(data.choices[0]?.message.content).toContain("simulated provider");
      headers = response.headers;
    });
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-domicile-call-id": call.id,
      "x-domicile-region": "eu",
      "x-domicile-host": "eu.api.openai.com",
      "x-request-id": expect.stringMatching(/./),
      "openai-version": expect.stringMatching(/./),
    });
    expect(call).toMatchObject({
      verdict: "compliant",
      band: "in_region",
      call_end: "complete",
      host: "eu.api.openai.com",
      served_region: "eu",
      model_requested: "gpt-5.5",
      model_answered: "gpt-5.5-2026-04-23",
      source: "gateway",
      simulated: true,
    });
    expect(call.input_tokens).toBeGreaterThan(0);
    expect(call.attempts[0]).toMatchObject({
      evidence: {
        progress: "sent",
        peer: { tlsName: "eu.api.openai.com", tlsVerified: true, tlsProtocol: "TLSv1.3" },
      },
    });
  });

  it("chat, streaming: piece by piece, and the record knows usage only if the client asked for it", async () => {
    const [plain, withUsage] = await recordsOf(
      bank,
      async () => {
        for (const options of [{}, { stream_options: { include_usage: true } }]) {
          const stream = await world
            .openai(bank.key)
            .chat.completions.create({ ...prompt, ...options, stream: true });
          let pieces = 0;
          for await (const _piece of stream) pieces += 1;
          expect(pieces).toBeGreaterThan(5);
        }
      },
      2,
    );
    expect(plain).toMatchObject({
      verdict: "compliant",
      stream: true,
      call_end: "complete",
      output_tokens: null,
    });
    expect(withUsage).toMatchObject({ verdict: "compliant", stream: true });
    expect(withUsage?.output_tokens).toBeGreaterThan(0);
  });

  it("responses, plain and streaming, embeddings, models", async () => {
    const openai = world.openai(bank.key);
    const rows = await recordsOf(
      bank,
      async () => {
        const plain = await openai.responses.create({ model: "gpt-5.5", input: "Where?", store: false });
        expect(plain.output_text).toContain("simulated provider");
        let last = "";
        for await (const event of await openai.responses.create({
          model: "gpt-5.5",
          input: "Where?",
          store: false,
          stream: true,
        }))
          last = event.type;
        expect(last).toBe("response.completed");
        const { data } = await openai.embeddings.create({ model: "text-embedding-3-large", input: "Where?" });
        expect(data[0]?.embedding.length).toBeGreaterThan(10);
        const models = await openai.models.list();
        expect(models.data.length).toBeGreaterThan(1);
      },
      4,
    );
    expect(rows.map(({ verdict }) => verdict)).toEqual([
      "compliant",
      "compliant",
      "compliant",
      "not_applicable",
    ]);
    expect(rows[1]?.output_tokens).toBeGreaterThan(0);
  });

  it("observing tenant, key aimed at the global host: answered as if nothing were, and recorded as outside policy", async () => {
    const call = await recordOf(apps, () => world.openai(apps.key).chat.completions.create(prompt));
    expect(call).toMatchObject({
      verdict: "violation",
      band: "outside",
      host: "api.openai.com",
      served_region: "global",
      intended_region: "eu",
      status: 200,
      would_block: { code: "region_blocked" },
    });
    expect(call.reasons).toContain("host_out_of_region");
  });

  it("the target header of the caller overrides the key's target", async () => {
    const openai = world.openai(apps.key, { defaultHeaders: { "x-domicile-target-region": "eu" } });
    const call = await recordOf(apps, () => openai.chat.completions.create(prompt));
    expect(call).toMatchObject({ verdict: "compliant", host: "eu.api.openai.com", would_block: null });
  });

  it.each([
    ["US tenant on its regional host", () => atlas, "us", "compliant"],
    ["observing tenant that leaks", () => apps, "global", "violation"],
    ["tenant without a place", () => lab, "global", "compliant"],
  ])("%s, plain and streaming", async (_what, tenantOf, region, verdict) => {
    const tenant = tenantOf();
    const rows = await recordsOf(
      tenant,
      async () => {
        const openai = world.openai(tenant.key);
        await openai.chat.completions.create(prompt);
        const stream = await openai.chat.completions.create({ ...prompt, stream: true });
        let text = "";
        for await (const piece of stream) text += piece.choices[0]?.delta.content ?? "";
        expect(text).toContain("simulated provider");
      },
      2,
    );
    const expected = { served_region: region, verdict, call_end: "complete" };
    expect(rows).toMatchObject([expected, expected]);
  });

  it("with the caller's own provider key beside the Domicile key", async () => {
    const openai = world.openai("sk-sim-eu-own", { defaultHeaders: { "x-domicile-key": bank.key } });
    const call = await recordOf(bank, () => openai.chat.completions.create(prompt));
    expect(call).toMatchObject({ verdict: "compliant", credential_id: null, host: "eu.api.openai.com" });
  });

  it("passes on what the provider compressed, byte for byte, and reads it all the same", async () => {
    const call = await recordOf(bank, async () => {
      const response = await fetch(`${world.baseUrl}/chat/completions`, {
        method: "POST",
        headers: { ...bearer(bank.key), "content-type": "application/json", "accept-encoding": "gzip" },
        body: json,
      });
      expect(await response.json()).toMatchObject({ object: "chat.completion" });
    });
    expect(call.model_answered).toBe("gpt-5.5-2026-04-23");
  });

  it("sends upstream no header of ours, no cookie, no forwarding and no account of the caller's choice", async () => {
    world.provider.received.clear();
    await recordOf(bank, () =>
      post("/chat/completions", {
        ...bearer(bank.key),
        "x-domicile-app": "crm",
        "x-domicile-end-user": "u-1",
        "x-domicile-subject-region": "DE",
        "x-forwarded-for": "10.0.0.1",
        forwarded: "for=10.0.0.1",
        cookie: "a=b",
        "openai-organization": "org-other",
        "openai-project": "proj_other",
        "x-stainless-lang": "js",
        "x-evil": "1",
      }),
    );
    const [request] = world.provider.received.requests();
    expect([...(request?.headerNames ?? [])].map((name) => name.toLowerCase()).sort()).toEqual([
      "accept",
      "accept-encoding",
      "accept-language",
      "authorization",
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
      "x-stainless-lang",
    ]);
  });

  it("the same body gives the same digest within a tenant and another one for another tenant", async () => {
    const [one, two] = await recordsOf(
      bank,
      async () => {
        await post("/chat/completions", bearer(bank.key));
        await post("/chat/completions", bearer(bank.key));
      },
      2,
    );
    const other = await recordOf(atlas, () => post("/chat/completions", bearer(atlas.key)));
    const digest = (row?: RecordedRow) => (row as unknown as { body_digest: unknown }).body_digest;
    expect(digest(one)).toEqual(digest(two));
    expect(digest(one)).not.toEqual(digest(other));
  });
});

describe("provider's own errors", () => {
  it("401 of the wrong host passes through and is recorded as attempted egress", async () => {
    const openai = world.openai("sk-sim-us-own", {
      defaultHeaders: { "x-domicile-key": apps.key, "x-domicile-target-region": "eu" },
    });
    const call = await recordOf(apps, async () => {
      const { status, code } = await refusedByClient(() => openai.chat.completions.create(prompt));
      expect([status, code]).toEqual([401, "incorrect_hostname"]);
    });
    expect(call).toMatchObject({ status: 401, host: "eu.api.openai.com", call_end: "complete" });
    expect(call.attempts[0]?.evidence).toMatchObject({
      errorCode: "incorrect_hostname",
      suggestedHost: "us.api.openai.com",
    });
  });

  it("429 keeps what a client needs to wait", async () => {
    const call = await recordOf(lab, async () => {
      const answer = await post(
        "/chat/completions",
        bearer(lab.key),
        JSON.stringify({ ...prompt, model: "sim-429" }),
      );
      expect(answer.status).toBe(429);
      expect(answer.headers.get("retry-after")).toBe("1");
    });
    expect(call.status).toBe(429);
  });
});

describe("400", () => {
  it.each([
    ["malformed JSON", '{"model":'],
    ["an array", "[]"],
    ["a body that is no text", "\u0000"],
    ["nothing", ""],
  ])("invalid_json for %s, and nothing is sent", async (_what, body) => {
    const before = requestsSeen();
    expect(await post("/chat/completions", bearer(bank.key), body)).toMatchObject({
      status: 400,
      code: "invalid_json",
    });
    expect(requestsSeen()).toBe(before);
  });

  it("invalid_domicile_header for a region that cannot be one, instead of the default place", async () => {
    const headers = { ...bearer(bank.key), "x-domicile-target-region": "europe" };
    expect(await post("/chat/completions", headers)).toMatchObject({
      status: 400,
      code: "invalid_domicile_header",
    });
  });
});

describe("401", () => {
  it.each([
    ["no key", {}, "missing_domicile_key"],
    [
      "a wrong key",
      bearer("dom_AAAAAAAA_0123456789abcdefghijklmnopqrstuvwxyz0123_AAAAAA"),
      "invalid_domicile_key",
    ],
    ["a provider's key alone", bearer("sk-sim-eu-own"), "invalid_domicile_key"],
    ["a forged token", bearer("dompg_eyJ9.AAAA"), "invalid_domicile_key"],
  ])("for %s", async (_what, headers, code) => {
    expect(await post("/chat/completions", headers as Record<string, string>)).toMatchObject({
      status: 401,
      code,
    });
  });

  it("the Domicile key is never taken for the provider's", async () => {
    const headers = { ...bearer(bank.key), "x-domicile-key": bank.key };
    expect(await post("/chat/completions", headers)).toMatchObject({
      status: 401,
      code: "invalid_provider_key",
    });
  });

  it("within five seconds of its revocation, a key that was in use is refused", async () => {
    const doomed = await world.addTenant({
      slug: "doomed",
      preset: "eea_ch",
      homeRegion: "eu",
      secret: "sk-sim-eu-d",
    });
    await world.openai(doomed.key).chat.completions.create(prompt);
    const actor = { kind: "system", job: "test" } as const;
    await world.as("web", () => revokeKey(actor, { tenant: doomed.slug, keyId: doomed.keyId }));
    const revokedAt = Date.now();
    while ((await post("/chat/completions", bearer(doomed.key))).status === 200) await sleep(50);
    expect(Date.now() - revokedAt).toBeLessThan(5_000);
    expect(await post("/chat/completions", bearer(doomed.key))).toMatchObject({
      code: "invalid_domicile_key",
    });
  });
});

describe("403", () => {
  it("region_blocked: nothing is sent, the client does not retry, and the call is recorded as stopped", async () => {
    const before = world.provider.received.handshakes("api.openai.com").length;
    const openai = world.openai(bank.key, { defaultHeaders: { "x-domicile-target-region": "global" } });
    const call = await recordOf(bank, async () => {
      const { status, code, headers } = await refusedByClient(() => openai.chat.completions.create(prompt));
      expect([status, code]).toEqual([403, "region_blocked"]);
      expect(headers.get("x-should-retry")).toBe("false");
    });
    expect(call).toMatchObject({
      verdict: "blocked",
      band: "stopped",
      call_end: "refused",
      refusal: { code: "region_blocked" },
      host: "api.openai.com",
    });
    expect(world.provider.received.handshakes("api.openai.com").length).toBe(before);
  });

  it("live_key_refused: a live key never reaches the simulated provider", async () => {
    const before = requestsSeen();
    const headers = { ...bearer("sk-proj-real"), "x-domicile-key": bank.key };
    expect(await post("/chat/completions", headers)).toMatchObject({ status: 403, code: "live_key_refused" });
    expect(requestsSeen()).toBe(before);
  });

  it("simulated_key_refused: a live tenant takes no simulated key", async () => {
    const headers = { ...bearer("sk-sim-eu-own"), "x-domicile-key": live.key };
    expect(await post("/chat/completions", headers)).toMatchObject({
      status: 403,
      code: "simulated_key_refused",
    });
  });

  it("no_provider_credential: a stored key goes to its own hosts and nowhere else", async () => {
    const headers = { ...bearer(atlas.key), "x-domicile-target-region": "global" };
    expect(await post("/chat/completions", headers)).toMatchObject({
      status: 403,
      code: "no_provider_credential",
    });
  });

  it("wrong_key_kind for a key that is for recording", async () => {
    expect(await post("/chat/completions", bearer(bank.intakeKey))).toMatchObject({
      status: 403,
      code: "wrong_key_kind",
    });
  });
});

describe("404 and 501", () => {
  it.each(["/chat/completion", "/../v1/chat/completions/x/y", "/nothing"])(
    "unknown_path %s",
    async (path) => {
      const { status, code } = await post(path, bearer(bank.key));
      expect([status, code]).toEqual([404, "unknown_path"]);
    },
  );

  it("surface_not_supported for a path of OpenAI's that is not relayed yet", async () => {
    expect(await post("/files", bearer(bank.key))).toMatchObject({
      status: 501,
      code: "surface_not_supported",
    });
  });
});

describe("413 and 415", () => {
  it("takes a body of exactly the limit and refuses one byte more, whether or not its length was announced", async () => {
    const frame = JSON.stringify({ ...prompt, user: "" });
    const fits = JSON.stringify({ ...prompt, user: "x".repeat(bodyBytesMax - frame.length) });
    expect(Buffer.byteLength(fits)).toBe(bodyBytesMax);
    await recordOf(bank, async () => {
      expect((await post("/chat/completions", bearer(bank.key), fits)).status).toBe(200);
    });
    const over = fits.replace("Where", "Wheree");
    expect(await post("/chat/completions", bearer(bank.key), over)).toMatchObject({
      status: 413,
      code: "body_too_large",
    });
    const chunked = await fetch(`${world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: bearer(bank.key),
      body: new Blob([over]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(chunked.status).toBe(413);
  });

  it("refuses a compressed body", async () => {
    const headers = { ...bearer(bank.key), "content-encoding": "gzip" };
    expect(await post("/chat/completions", headers)).toMatchObject({
      status: 415,
      code: "unsupported_content_encoding",
    });
  });
});

describe("502 and 504", () => {
  const ask = (model: string, stream = false) =>
    post("/chat/completions", bearer(lab.key), JSON.stringify({ ...prompt, model, stream }));

  it("upstream_timeout for a provider that hangs; the call is recorded as sent", async () => {
    const call = await recordOf(lab, async () => {
      expect(await ask("sim-hang")).toMatchObject({ status: 504, code: "upstream_timeout" });
    });
    expect(call).toMatchObject({ call_end: "upstream_failed", status: null });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "sent", failure: "idle" });
  });

  it("upstream_failed for a provider that resets, and the request is not sent again", async () => {
    world.provider.received.clear();
    const call = await recordOf(lab, async () => {
      expect(await ask("sim-reset")).toMatchObject({ status: 502, code: "upstream_failed" });
    });
    expect(call.attempts[0]?.evidence).toMatchObject({ failure: "reset" });
    expect(requestsSeen()).toBe(1);
  });

  it.each([
    ["another region", "sim-redirect", "us.api.openai.com"],
    ["the lookalike", "sim-redirect-lookalike", "api.openai.eu"],
  ])(
    "upstream_redirect for a redirect to %s: not followed, not shown, but recorded",
    async (_what, model, to) => {
      const before = world.provider.received.handshakes(to).length;
      const call = await recordOf(lab, async () => {
        const answer = await ask(model);
        expect(answer).toMatchObject({ status: 502, code: "upstream_redirect" });
        expect(answer.headers.get("location")).toBeNull();
        expect(JSON.stringify(answer.json)).not.toContain(to);
      });
      expect(call.attempts[0]?.evidence).toMatchObject({ redirectHost: to, progress: "sent" });
      expect(world.provider.received.handshakes(to).length).toBe(before);
    },
  );

  it("a stream that breaks off breaks off for the client too, and is recorded", async () => {
    const call = await recordOf(lab, async () => {
      const stream = await world
        .openai(lab.key)
        .chat.completions.create({ ...prompt, model: "sim-stream-cut", stream: true });
      await expect(
        (async () => {
          for await (const _piece of stream);
        })(),
      ).rejects.toThrow();
    });
    expect(call).toMatchObject({ call_end: "upstream_failed", status: 200 });
  });

  it("an answer shorter than announced is no whole answer", async () => {
    const call = await recordOf(lab, async () => {
      await expect(ask("sim-truncated")).rejects.toThrow();
    });
    expect(call).toMatchObject({ call_end: "upstream_failed" });
  });

  it("an answer that is not JSON passes through and counts as unread", async () => {
    const call = await recordOf(lab, async () => {
      await expect(ask("sim-garbage")).rejects.toThrow(/JSON/);
    });
    expect(call).toMatchObject({ call_end: "complete", facts: { responseBody: "unread" } });
  });
});

describe("a client that goes away", () => {
  it("takes the provider's connection with it, and the call is recorded as sent", async () => {
    world.provider.received.clear();
    const call = await recordOf(lab, async () => {
      const stop = new AbortController();
      const stream = await world
        .openai(lab.key)
        .chat.completions.create(
          { ...prompt, model: "sim-hang-stream", stream: true },
          { signal: stop.signal },
        );
      for await (const _piece of stream) stop.abort();
    });
    expect(call).toMatchObject({ call_end: "client_abort", status: 200 });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "sent", failure: "aborted" });
    const deadline = Date.now() + 2_000;
    while (!world.provider.received.requests()[0]?.aborted && Date.now() < deadline) await sleep(10);
    expect(world.provider.received.requests()[0]?.aborted).toBe(true);
  });
});

describe("upstream down", () => {
  it("upstream_unreachable; nothing was sent and the record says so", async () => {
    const gone = await world.startGateway({
      connectTo: [{ host: "api.openai.com", address: "127.0.0.1", port: 1 }],
    });
    const openai = world.openai(lab.key, { baseUrl: `http://127.0.0.1:${gone.port}/v1` });
    const call = await recordOf(lab, async () => {
      const { status, code } = await refusedByClient(() => openai.chat.completions.create(prompt));
      expect([status, code]).toEqual([502, "upstream_unreachable"]);
    });
    expect(call).toMatchObject({ verdict: "not_applicable", call_end: "upstream_failed" });
    expect(call.reasons).toEqual(["never_sent"]);
  });
});

describe("probes", () => {
  it("says that it lives, that it is ready, and what it did", async () => {
    const at = (path: string) => fetch(new URL(path, world.baseUrl));
    expect((await at("/healthz")).status).toBe(200);
    expect((await at("/readyz")).status).toBe(200);
    const metrics = await (await at("/metrics")).text();
    expect(metrics).toMatch(/domicile_gateway_calls_total\{outcome="complete",simulated="true"\} \d+/);
    expect(metrics).toContain('domicile_gateway_calls_total{outcome="region_blocked",simulated="true"}');
    expect(metrics).toMatch(/domicile_gateway_added_seconds_count \d+/);
    expect(metrics).not.toMatch(/sk-sim|dom_/);
  });
});
