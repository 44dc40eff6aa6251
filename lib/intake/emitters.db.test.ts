import { createOpenAI } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { type TracerProvider as ApiTracerProvider, metrics } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { OpenAIInstrumentation } from "@opentelemetry/instrumentation-openai";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { embed, generateText } from "ai";
import * as openaiModule from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRecorder } from "../../public/recorder/domicile-recorder.mjs";
import { ownGateway } from "../core/intake/own-gateway.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { createIntakeDoor } from "./intake-door.ts";
import { litellmPayload } from "./testing/litellm-payload.ts";
import { type SimulatedFetch, simulatedFetch } from "./testing/simulated-fetch.ts";

let world: GatewayWorld;
let direct: SimulatedFetch;
let tenants = 0;
const providerKey = "sk-sim-eu-emitters";
const prompt = "SECRET PROMPT";

/** The names of this very gateway, once its port is known. */
const own = new Set<string>();

beforeAll(async () => {
  world = await createGatewayWorld({
    doors: [
      (host) =>
        createIntakeDoor(host, {
          own: own,
          tenantRecordsPerMinute: 1_000_000,
          openMax: 64,
        }),
    ],
  });
  for (const name of ownGateway(world.gateway.port, [])) own.add(name);
  direct = simulatedFetch(world.provider);
});

afterAll(async () => {
  await direct.close();
  await world.stop();
});

const origin = () => `http://127.0.0.1:${world.gateway.port}`;

const newTenant = (): Promise<WorldTenant> =>
  world.addTenant({ slug: `emitter-${++tenants}`, preset: "eea_ch", homeRegion: "eu" });

/** OpenTelemetry as a program sets it up, with Domicile as its receiver. */
function telemetry({ intakeKey }: WorldTenant, encoding: "protobuf" | "json") {
  const Exporter = encoding === "protobuf" ? ProtobufExporter : JsonExporter;
  const exporter = new Exporter({
    url: `${origin()}/otlp/v1/traces`,
    headers: { authorization: `Bearer ${intakeKey}` },
    compression: "gzip" as never,
  });
  return new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "chatbot" }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}

/** Answers the way back. */
function instrument(provider: TracerProvider): () => void {
  const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true });
  instrumentation.setTracerProvider(provider as unknown as ApiTracerProvider);
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  // It looks for the client's version up to 6; what it wraps is the same in 7, so it is put there by hand.
  const [definition] = (
    instrumentation as unknown as { init(): { patch(m: object): void; unpatch(m: object): void }[] }
  ).init();
  definition?.patch(openaiModule);
  return () => definition?.unpatch(openaiModule);
}

type Stored = {
  source: string;
  operation: string;
  host: string;
  verdict: string;
  basis: string | null;
  model_requested: string;
  model_answered: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  provider_object_id: string | null;
  grade: string;
  host_source: string;
  peer: { address: string; tlsName: string } | null;
};

const stored = ({ id }: WorldTenant): Promise<Stored[]> =>
  world.sql<Stored>(
    id,
    `SELECT c.*, c.reported ->> 'hostSource' AS host_source, a.evidence ->> 'hostGrade' AS grade,
            a.evidence -> 'peer' AS peer
       FROM call c LEFT JOIN attempt a ON a.tenant_id = c.tenant_id AND a.call_id = c.id
      WHERE c.tenant_id = $1 ORDER BY c.started_at, c.id`,
    [id],
  );

describe.each(["protobuf", "json"] as const)(
  "OpenTelemetry's instrumentation of OpenAI's client, in %s",
  (encoding) => {
    it("tells a call through the gateway by its address and port, and it is counted once", async () => {
      const tenant = await world.addTenant({
        slug: `emitter-${++tenants}`,
        preset: "eea_ch",
        homeRegion: "eu",
        secret: `sk-sim-eu-otel-${encoding}`,
      });
      const provider = telemetry(tenant, encoding);
      const unpatch = instrument(provider);
      const client = new openaiModule.OpenAI({
        baseURL: world.baseUrl,
        apiKey: tenant.key,
        maxRetries: 0,
      });
      try {
        await client.chat.completions.create({
          model: "gpt-5",
          messages: [{ role: "user", content: prompt }],
        });
      } finally {
        unpatch();
      }
      const [call] = await world.recorded(tenant.id, 1);
      await provider.shutdown();
      expect(await stored(tenant)).toMatchObject([{ source: "gateway" }]);
      expect(await world.sql(tenant.id, "SELECT host, call_id FROM corroboration")).toEqual([
        { host: `127.0.0.1:${world.gateway.port}`, call_id: call?.id },
      ]);
    });

    it("tells each call at the grade of a log, judged by the tenant's policy", async () => {
      const tenant = await newTenant();
      const provider = telemetry(tenant, encoding);
      const unpatch = instrument(provider);
      try {
        for (const host of ["eu.api.openai.com", "api.openai.com"]) {
          const client = new openaiModule.OpenAI({
            baseURL: `https://${host}/v1`,
            apiKey: providerKey,
            maxRetries: 0,
            fetch: direct.fetch,
          });
          await client.chat.completions
            .create({ model: "gpt-5", messages: [{ role: "user", content: prompt }] })
            .catch(() => undefined);
          await client.embeddings
            .create({ model: "text-embedding-3-small", input: prompt })
            .catch(() => undefined);
          await client.responses.create({ model: "gpt-5", input: prompt }).catch(() => undefined);
        }
      } finally {
        unpatch();
      }
      await provider.shutdown();
      const calls = await stored(tenant);
      expect(calls).toHaveLength(6);
      for (const call of calls)
        expect(call).toMatchObject({ source: "otlp", grade: "D", host_source: "log" });
      const [chat, embedding, response, ...global] = calls;
      expect(chat).toMatchObject({
        operation: "chat.completions.create",
        host: "eu.api.openai.com",
        verdict: "unverifiable",
        provider_object_id: expect.stringMatching(/^chatcmpl-/),
      });
      expect(chat?.input_tokens).toBeGreaterThan(0);
      expect(embedding).toMatchObject({
        operation: "embeddings.create",
        model_requested: "text-embedding-3-small",
      });
      expect(response).toMatchObject({
        operation: "responses.create",
        provider_object_id: expect.stringMatching(/^resp_/),
      });
      for (const call of global)
        expect(call).toMatchObject({ host: "api.openai.com", verdict: "violation", basis: "reported" });
    });
  },
);

describe("the AI SDK's telemetry", () => {
  it("tells a model call once, not its agent and step, with the host that its provider dialled", async () => {
    const tenant = await newTenant();
    const provider = telemetry(tenant, "protobuf");
    const integration = new OpenTelemetry({ tracer: provider.getTracer("ai") as never });
    const openai = createOpenAI({
      baseURL: "https://eu.api.openai.com/v1",
      apiKey: providerKey,
      fetch: direct.fetch,
    });
    const told = { integrations: [integration] };
    await generateText({ model: openai.chat("gpt-5"), prompt, telemetry: told });
    await embed({ model: openai.embedding("text-embedding-3-small"), value: prompt, telemetry: told });
    await provider.shutdown();
    const calls = await stored(tenant);
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({
      source: "otlp",
      operation: "chat.completions.create",
      host: "eu.api.openai.com",
      grade: "D",
      host_source: "log",
      model_requested: "gpt-5",
    });
    expect(calls[0]?.output_tokens).toBeGreaterThan(0);
    // Of embeddings it tells no host, so nobody knows one.
    expect(calls[1]).toMatchObject({
      operation: "embeddings.create",
      host: "unknown",
      grade: "E",
      host_source: "none",
      verdict: "unverifiable",
    });
  });
});

describe("an instrumentation that fills in the provider's usual host", () => {
  it("flags nothing and clears nothing by it", async () => {
    const tenant = await newTenant();
    const provider = telemetry(tenant, "json");
    const tracer = provider.getTracer("opentelemetry.instrumentation.openai_agents");
    tracer
      .startSpan("chat gpt-5", {
        kind: 2,
        attributes: {
          "gen_ai.operation.name": "chat",
          "gen_ai.provider.name": "openai",
          "gen_ai.request.model": "gpt-5",
          "server.address": "api.openai.com",
          "server.port": 443,
        },
      })
      .end();
    await provider.shutdown();
    expect(await stored(tenant)).toMatchObject([
      { host: "api.openai.com", grade: "E", host_source: "default", verdict: "unverifiable" },
    ]);
  });
});

describe("LiteLLM's callback", () => {
  it("tells calls at the grade of a log, each once, and cached answers as no call to the provider", async () => {
    const tenant = await newTenant();
    const at = Date.now() / 1000 - 60;
    const times = { startTime: at, endTime: at + 2, completionStartTime: at + 2 };
    const batch = [
      litellmPayload(times),
      litellmPayload({ ...times, id: "chatcmpl-2", api_base: "https://api.openai.eu/v1" }),
      litellmPayload({ ...times, id: "chatcmpl-3", cache_hit: true }),
      litellmPayload({ ...times, id: "msg_4", custom_llm_provider: "anthropic" }),
    ];
    const send = async (body = JSON.stringify(batch)) => {
      const response = await fetch(`${origin()}/intake/v1/litellm`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${tenant.intakeKey}` },
        body,
      });
      return (await response.json()) as { counts: Record<string, number> };
    };
    expect((await send()).counts).toMatchObject({ recorded: 3, ignored: 1, rejected: 0 });
    expect((await send()).counts).toMatchObject({ recorded: 0, duplicate: 3 });
    // Its other form: lines, under the same content type, each with as much content as there was.
    const long = litellmPayload({ ...times, id: "chatcmpl-5", messages: "x".repeat(200_000) });
    const lines = [...batch, long].map((each) => JSON.stringify(each)).join("\n");
    expect((await send(lines)).counts).toMatchObject({ recorded: 1, duplicate: 3, ignored: 1 });
    const calls = await stored(tenant);
    const of = (id: string) => calls.find(({ provider_object_id }) => provider_object_id === id);
    expect(calls).toHaveLength(4);
    expect(of("chatcmpl-D1f9")).toMatchObject({
      source: "litellm",
      host: "eu.api.openai.com",
      grade: "D",
      input_tokens: 10,
    });
    expect(of("chatcmpl-2")).toMatchObject({
      host: "api.openai.eu",
      verdict: "violation",
      basis: "reported",
    });
    expect(calls.find(({ host }) => host === null)).toMatchObject({ verdict: "not_applicable", grade: null });
    expect(JSON.stringify(calls)).not.toMatch(/PROMPT|ANSWER|TOOL NAME/);
  });
});

describe("Domicile's recorder", () => {
  it("tells the call of a program that goes past the gateway, with its socket", async () => {
    const tenant = await newTenant();
    const recorder = createRecorder({
      url: origin(),
      key: tenant.intakeKey,
      application: "batch",
      fetch: direct.fetch as never,
    });
    const client = new openaiModule.OpenAI({
      baseURL: "https://api.openai.com/v1",
      apiKey: providerKey,
      maxRetries: 0,
      fetch: recorder.fetch,
    });
    await client.chat.completions
      .create({ model: "gpt-5", messages: [{ role: "user", content: prompt }] })
      .catch(() => undefined);
    await recorder.close();
    expect(recorder.stats()).toMatchObject({ recorded: 1, sent: 1, refused: 0, dropped: 0 });
    const [call, ...more] = await stored(tenant);
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      source: "intake",
      host: "api.openai.com",
      grade: "D",
      verdict: "violation",
      basis: "reported",
      peer: { address: "127.0.0.1", tlsName: "api.openai.com" },
    });
  });

  it("tells a call through the gateway so that it is joined to the gateway's own and counted once", async () => {
    const tenant = await world.addTenant({
      slug: `emitter-${++tenants}`,
      preset: "eea_ch",
      homeRegion: "eu",
      secret: "sk-sim-eu-joined",
    });
    const recorder = createRecorder({ url: origin(), key: tenant.intakeKey });
    const client = new openaiModule.OpenAI({
      baseURL: world.baseUrl,
      apiKey: tenant.key,
      maxRetries: 0,
      fetch: recorder.fetch,
    });
    await client.chat.completions.create({ model: "gpt-5", messages: [{ role: "user", content: prompt }] });
    await world.recorded(tenant.id, 1);
    await recorder.close();
    expect(recorder.stats()).toMatchObject({ recorded: 1, sent: 1, refused: 0 });
    expect(await stored(tenant)).toMatchObject([{ source: "gateway", grade: "C" }]);
  });
});
