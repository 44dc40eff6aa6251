import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { log } from "../../log.ts";
import { changePolicy } from "../../testing/change-policy.ts";
import { callsOf, type GatewayCalls, tenantWishes } from "../../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../../testing/gateway-world.ts";
import { type Listening, listenTo } from "../../testing/listening.ts";
import { type OtlpReceiver, startOtlpReceiver } from "../../testing/otlp-receiver.ts";

let world: GatewayWorld;
let calls: GatewayCalls;
let bank: WorldTenant;
let receiver: OtlpReceiver;
let port: number;

beforeAll(async () => {
  world = await createGatewayWorld();
  calls = callsOf(world);
  bank = await world.addTenant(tenantWishes.bank);
  receiver = await startOtlpReceiver();
  const telemetry = { endpoint: receiver.endpoint, headers: {}, everyMs: 20 };
  port = (await world.startGateway({ telemetry })).port;
});

afterAll(async () => {
  await world.stop();
  await receiver.stop();
});

const traceId = "0af7651916cd43dd8448eb211c80319c";
const parentSpanId = "b7ad6b7169203331";

function open(tenant: WorldTenant, headers: Record<string, string> = {}): Listening {
  const url = `ws://127.0.0.1:${port}/v1/realtime?model=gpt-realtime-2`;
  const given = { authorization: `Bearer ${tenant.key}`, ...headers };
  return listenTo(new WebSocket(url, ["realtime"], { headers: given }));
}

describe("the log of a session", () => {
  it.each([
    ["its client closes", (session: Listening) => session.socket.close(4_001), { by: "client", code: 4_001 }],
    ["its client vanishes", (session: Listening) => session.socket.terminate(), { by: "client", code: 1006 }],
  ])(
    "has a line for its beginning and one for its end, with who ended it and how: %s",
    async (_, leave, by) => {
      const info = vi.spyOn(log, "info");
      const lines = () =>
        info.mock.calls.flatMap(([line, event]: unknown[]) => (event === "session" ? [line as object] : []));
      const record = await calls.recordOf(bank, async () => {
        const session = open(bank);
        await session.event("session.created");
        leave(session);
        await session.closed;
      });
      await vi.waitFor(() => expect(lines()).toHaveLength(2));
      const about = { callId: record.id, tenant: "bank", host: "eu.api.openai.com" };
      expect(lines()).toEqual([
        { ...about, outcome: "open" },
        { ...about, outcome: "session_ended", ...by, ms: expect.any(Number) },
      ]);
    },
  );
});

describe("the log of a handshake that is refused", () => {
  const lines = (of: { mock: { calls: unknown[][] } }) =>
    of.mock.calls.flatMap(([line, event]) => (event === "session" ? [line as object] : []));

  it.each([
    ["without a key", { authorization: "" }, { tenant: null, host: null, outcome: "missing_domicile_key" }],
    [
      "by the policy",
      { "x-domicile-target-region": "global" },
      { tenant: "bank", host: "api.openai.com", outcome: "region_blocked" },
    ],
  ])("has one line, under the id that was answered: %s", async (_, headers, about) => {
    const [info, warn] = [vi.spyOn(log, "info"), vi.spyOn(log, "warn")];
    const { callId } = await open(bank, headers).refused;
    await vi.waitFor(() => expect(lines(info)).toHaveLength(1));
    expect(lines(info)).toEqual([{ callId, ...about }]);
    expect(lines(warn)).toEqual([]);
  });

  it("tells the cause where there is one, under the same id", async () => {
    const warn = vi.spyOn(log, "warn");
    // Nobody but the gateway's own code can be at fault there.
    vi.spyOn(URLSearchParams.prototype, "getAll").mockImplementationOnce(() => {
      throw new Error("It broke.");
    });
    const { callId } = await open(bank).refused;
    await vi.waitFor(() => expect(lines(warn)).toHaveLength(1));
    expect(lines(warn)).toMatchObject([
      { callId, tenant: null, outcome: "internal_error", err: expect.any(Error) },
    ]);
  });
});

describe("the spans of a session", () => {
  it("are one for each of its calls, each in the caller's trace and below the caller's span", async () => {
    const tenant = await world.addTenant({ ...tenantWishes.bank, slug: "changing" });
    const session = open(tenant, { traceparent: `00-${traceId}-${parentSpanId}-01` });
    await session.event("session.created");
    await changePolicy(world, tenant, { deniedFeatures: ["web_search"] });
    const [first] = await world.recorded(tenant.id, 1);
    session.send({ type: "response.create" });
    await session.event("response.done");
    session.socket.close();
    await session.closed;
    const [, second] = await world.recorded(tenant.id, 2);
    const spans = await Promise.all([first, second].map((row) => receiver.spanOf(row?.id ?? "")));
    expect(spans.map((span) => [span.traceId, span.parentSpanId])).toEqual([
      [traceId, parentSpanId],
      [traceId, parentSpanId],
    ]);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(2);
    expect(
      spans.map(({ attributes }) => [
        attributes["domicile.operation"],
        attributes["domicile.policy.version"],
        attributes["gen_ai.usage.output_tokens"],
      ]),
    ).toEqual([
      ["realtime.connect", 1, undefined],
      ["realtime.connect", 2, 4],
    ]);
    const [before, after] = spans;
    expect(after?.startMs).toBeGreaterThanOrEqual(before?.startMs ?? Number.POSITIVE_INFINITY);
    expect(after?.endMs).toBeGreaterThanOrEqual(before?.endMs ?? Number.POSITIVE_INFINITY);
  });
});
