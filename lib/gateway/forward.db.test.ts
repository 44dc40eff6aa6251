import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bearer,
  callsOf,
  type GatewayCalls,
  prompt,
  refusedByClient,
  tenantWishes,
} from "../testing/gateway-calls.ts";
import {
  createGatewayWorld,
  type GatewayWorld,
  type RecordedRow,
  type WorldTenant,
} from "../testing/gateway-world.ts";

const json = JSON.stringify(prompt);
let world: GatewayWorld;
let calls: GatewayCalls;
let bank: WorldTenant;
let apps: WorldTenant;
let atlas: WorldTenant;
let lab: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld();
  calls = callsOf(world);
  bank = await world.addTenant(tenantWishes.bank);
  apps = await world.addTenant(tenantWishes.apps);
  atlas = await world.addTenant(tenantWishes.atlas);
  lab = await world.addTenant(tenantWishes.lab);
});

afterAll(() => world.stop());

describe("200", () => {
  it("chat: the answer reaches the unmodified client, the evidence the record", async () => {
    let headers = new Headers();
    const call = await calls.recordOf(bank, async () => {
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
      ttft_ms: null,
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
    const [plain, withUsage] = await calls.recordsOf(
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
    // Of a stream the record tells when the model began to speak.
    expect(withUsage).toMatchObject({ ttft_ms: expect.any(Number) });
  });

  it("responses, plain and streaming, embeddings, models", async () => {
    const openai = world.openai(bank.key);
    const rows = await calls.recordsOf(
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
    const call = await calls.recordOf(apps, () => world.openai(apps.key).chat.completions.create(prompt));
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
    const call = await calls.recordOf(apps, () => openai.chat.completions.create(prompt));
    expect(call).toMatchObject({ verdict: "compliant", host: "eu.api.openai.com", would_block: null });
  });

  it.each([
    ["US tenant on its regional host", () => atlas, "us", "compliant"],
    ["observing tenant that leaks", () => apps, "global", "violation"],
    ["tenant without a place", () => lab, "global", "compliant"],
  ])("%s, plain and streaming", async (_what, tenantOf, region, verdict) => {
    const tenant = tenantOf();
    const rows = await calls.recordsOf(
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
    const call = await calls.recordOf(bank, () => openai.chat.completions.create(prompt));
    expect(call).toMatchObject({ verdict: "compliant", credential_id: null, host: "eu.api.openai.com" });
  });

  it("passes on what the provider compressed, byte for byte, and reads it all the same", async () => {
    const call = await calls.recordOf(bank, async () => {
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
    await calls.recordOf(bank, () =>
      calls.post("/chat/completions", {
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
    const [one, two] = await calls.recordsOf(
      bank,
      async () => {
        await calls.post("/chat/completions", bearer(bank.key));
        await calls.post("/chat/completions", bearer(bank.key));
      },
      2,
    );
    const other = await calls.recordOf(atlas, () => calls.post("/chat/completions", bearer(atlas.key)));
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
    const call = await calls.recordOf(apps, async () => {
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
    const call = await calls.recordOf(lab, async () => {
      const answer = await calls.post(
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

describe("probes", () => {
  it("says that it lives, and that it is ready", async () => {
    const at = (path: string) => fetch(new URL(path, world.baseUrl));
    expect((await at("/healthz")).status).toBe(200);
    expect((await at("/readyz")).status).toBe(200);
  });
});
