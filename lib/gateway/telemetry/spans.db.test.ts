import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createExactWorld, type ExactWorld, takingAll } from "../../testing/exact-world.ts";
import type { WorldTenant } from "../../testing/gateway-world.ts";
import { type OtlpReceiver, startOtlpReceiver } from "../../testing/otlp-receiver.ts";
import type { RunningGateway } from "../server.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const parentId = "b7ad6b7169203331";
const traceparent = `00-${traceId}-${parentId}-01`;
const prompt = { model: "gpt-5.5", messages: [{ role: "user", content: "canary of the prompt" }] };
const completion = JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion",
  model: "gpt-5.5-2026-04-23",
  choices: [{ message: { content: "canary of the answer" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 11, completion_tokens: 7 },
});

let exact: ExactWorld;
let receiver: OtlpReceiver;
let gateway: RunningGateway;

beforeAll(async () => {
  exact = await createExactWorld();
  receiver = await startOtlpReceiver();
  const headers = { "api-key": "canary of the key" };
  gateway = await exact.world.startGateway({
    telemetry: { endpoint: `${receiver.endpoint}/`, headers, everyMs: 20 },
  });
});

beforeEach(() => exact.answerWith(takingAll));

afterAll(async () => {
  await exact.stop();
  await receiver.stop();
});

async function ask(port: number, headers: Record<string, string> = {}, tenant: WorldTenant = exact.lab) {
  const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${tenant.key}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(prompt),
  });
  await response.text();
  await exact.nextRecord(tenant);
  return { status: response.status, callId: response.headers.get("x-domicile-call-id") ?? "" };
}

const upstream = () => exact.heads()[0]?.headers ?? {};

describe("where nobody asks for spans", () => {
  it("the caller's trace goes up as it came", async () => {
    const headers = { traceparent, tracestate: "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE" };
    await ask(exact.world.gateway.port, headers);
    expect(upstream()).toMatchObject(headers);
  });

  it.each([
    ["none", {}],
    ["a broken one", { traceparent: "canary", tracestate: "a=b" }],
    ["a state alone", { tracestate: "a=b" }],
  ])("no trace is invented for %s", async (_what, headers) => {
    await ask(exact.world.gateway.port, headers);
    expect(upstream()).not.toHaveProperty("traceparent");
    expect(upstream()).not.toHaveProperty("tracestate");
  });
});

describe("where spans are asked for", () => {
  it("a call is one client span within the caller's trace, and the provider is told that span", async () => {
    exact.answerWith((request, response) => {
      request.resume();
      response.setHeader("content-type", "application/json").end(completion);
    });
    const before = Date.now();
    const { callId } = await ask(gateway.port, { traceparent, tracestate: "rojo=1" });
    const span = await receiver.spanOf(callId);
    expect(span).toMatchObject({ name: "chat gpt-5.5", kind: 3, traceId, parentSpanId: parentId, status: 0 });
    expect(upstream()).toMatchObject({
      traceparent: `00-${traceId}-${span.spanId}-01`,
      tracestate: "rojo=1",
    });
    expect(span.attributes).toEqual({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-5.5",
      "gen_ai.response.model": "gpt-5.5-2026-04-23",
      "gen_ai.response.id": "chatcmpl-1",
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": 11,
      "gen_ai.usage.output_tokens": 7,
      "server.address": "api.openai.com",
      "server.port": 443,
      "http.response.status_code": 200,
      "domicile.call.id": callId,
      "domicile.tenant.id": exact.lab.id,
      "domicile.application.id": expect.any(String),
      "domicile.operation": "chat.completions.create",
      "domicile.call.end": "complete",
      "domicile.call.attempts": 1,
      "domicile.region.intended": "global",
      "domicile.verdict": "compliant",
      "domicile.band": "permitted",
      "domicile.policy.version": 1,
      "domicile.simulated": true,
    });
    expect(span.startMs).toBeGreaterThanOrEqual(before);
    expect(span.endMs).toBeGreaterThanOrEqual(span.startMs);
    expect(span.endMs).toBeLessThanOrEqual(Date.now());
  });

  it("a call without a trace begins one, and one that the caller does not keep makes no span", async () => {
    const { callId } = await ask(gateway.port);
    const span = await receiver.spanOf(callId);
    expect(span.parentSpanId).toBeNull();
    expect(upstream().traceparent).toBe(`00-${span.traceId}-${span.spanId}-01`);
    exact.answerWith(takingAll);
    const unkept = traceparent.replace(/01$/, "00");
    await ask(gateway.port, { traceparent: unkept });
    expect(upstream().traceparent).toBe(unkept);
  });

  it("a call that was stopped has a span that says why, and names no server", async () => {
    const { status, callId } = await ask(gateway.port, { "x-domicile-target-region": "global" }, exact.bank);
    expect(status).toBe(403);
    const { attributes, status: code } = await receiver.spanOf(callId);
    expect(attributes).toMatchObject({
      "error.type": "region_blocked",
      "domicile.refusal.code": "region_blocked",
      "domicile.band": "stopped",
      "domicile.call.attempts": 0,
    });
    expect([attributes["server.address"], code]).toEqual([undefined, 2]);
  });

  it("the receiver gets its headers, and nothing of what was asked and answered", () => {
    expect(receiver.heads.every((head) => head["api-key"] === "canary of the key")).toBe(true);
    expect(receiver.text()).not.toMatch(/canary|sk-sim|dom_/);
  });
});

describe("a receiver that does not take them", () => {
  it.each([
    ["is not there", 0],
    ["takes and never answers", 1],
    ["refuses", 503],
  ])("and %s slows no call, fails none, and holds up no stop", async (_what, how) => {
    const server = createServer((request, response) => {
      request.resume();
      if (how > 1) response.writeHead(how).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    if (how === 0) await new Promise((resolve) => server.close(resolve));
    const endpoint = `http://127.0.0.1:${port}`;
    const unheard = await exact.world.startGateway({ telemetry: { endpoint, headers: {}, everyMs: 5 } });
    for (let call = 0; call < 5; call += 1) expect((await ask(unheard.port)).status).toBe(200);
    const began = performance.now();
    await unheard.stop();
    expect(performance.now() - began).toBeLessThan(4_000);
    server.close();
    server.closeAllConnections();
  });
});
