import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bearer,
  callsOf,
  type GatewayCalls,
  prompt,
  refusedByClient,
  tenantWishes,
} from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

let world: GatewayWorld;
let calls: GatewayCalls;
let lab: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld({ answerTimeoutMs: 600, idleTimeoutMs: 600 });
  calls = callsOf(world);
  lab = await world.addTenant(tenantWishes.lab);
});

afterAll(() => world.stop());

describe("502 and 504", () => {
  const ask = (model: string, stream = false) =>
    calls.post("/chat/completions", bearer(lab.key), JSON.stringify({ ...prompt, model, stream }));

  it("upstream_timeout for a provider that hangs; the call is recorded as sent", async () => {
    const call = await calls.recordOf(lab, async () => {
      expect(await ask("sim-hang")).toMatchObject({ status: 504, code: "upstream_timeout" });
    });
    expect(call).toMatchObject({ call_end: "upstream_failed", status: null });
    expect(call.attempts[0]?.evidence).toMatchObject({ progress: "sent", failure: "idle" });
  });

  it("upstream_failed for a provider that resets, and the request is not sent again", async () => {
    world.provider.received.clear();
    const call = await calls.recordOf(lab, async () => {
      expect(await ask("sim-reset")).toMatchObject({ status: 502, code: "upstream_failed" });
    });
    expect(call.attempts[0]?.evidence).toMatchObject({ failure: "reset" });
    expect(calls.requestsSeen()).toBe(1);
  });

  it.each([
    ["another region", "sim-redirect", "us.api.openai.com"],
    ["the lookalike", "sim-redirect-lookalike", "api.openai.eu"],
  ])(
    "upstream_redirect for a redirect to %s: not followed, not shown, but recorded",
    async (_what, model, to) => {
      const before = world.provider.received.handshakes(to).length;
      const call = await calls.recordOf(lab, async () => {
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
    const call = await calls.recordOf(lab, async () => {
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
    const call = await calls.recordOf(lab, async () => {
      await expect(ask("sim-truncated")).rejects.toThrow();
    });
    expect(call).toMatchObject({ call_end: "upstream_failed" });
  });

  it("an answer that is not JSON passes through and counts as unread", async () => {
    const call = await calls.recordOf(lab, async () => {
      await expect(ask("sim-garbage")).rejects.toThrow(/JSON/);
    });
    expect(call).toMatchObject({ call_end: "complete", facts: { responseBody: "unread" } });
  });
});

describe("a client that goes away", () => {
  it("takes the provider's connection with it, and the call is recorded as sent", async () => {
    world.provider.received.clear();
    const call = await calls.recordOf(lab, async () => {
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
    await expect.poll(() => world.provider.received.requests()[0]?.aborted).toBe(true);
  });
});

describe("upstream down", () => {
  it("upstream_unreachable; nothing was sent and the record says so", async () => {
    const gone = await world.startGateway({
      connectTo: [{ host: "api.openai.com", address: "127.0.0.1", port: 1 }],
    });
    const openai = world.openai(lab.key, { baseUrl: `http://127.0.0.1:${gone.port}/v1` });
    const call = await calls.recordOf(lab, async () => {
      const { status, code } = await refusedByClient(() => openai.chat.completions.create(prompt));
      expect([status, code]).toEqual([502, "upstream_unreachable"]);
    });
    expect(call).toMatchObject({ verdict: "not_applicable", call_end: "upstream_failed" });
    expect(call.reasons).toEqual(["never_sent"]);
  });
});

describe("a gateway that is stopped", () => {
  it.each([
    ["before the provider has answered", "sim-hang", false, null],
    ["within an answer", "sim-hang-stream", true, 200],
  ])(
    "ends what outlasts it, %s, and says that it did: nobody went away",
    async (_when, model, stream, status) => {
      const waiting = { answerTimeoutMs: 60_000, idleTimeoutMs: 60_000 };
      const gateway = await world.startGateway({ ...waiting, drainMs: 100 });
      const record = await calls.recordOf(lab, async () => {
        world.provider.received.clear();
        const left = fetch(`http://127.0.0.1:${gateway.port}/v1/chat/completions`, {
          method: "POST",
          headers: { ...bearer(lab.key), "content-type": "application/json" },
          body: JSON.stringify({ ...prompt, model, stream }),
        });
        const brokeOff = left
          .then((answer) => answer.text())
          .then(
            () => false,
            () => true,
          );
        if (stream) await left;
        else await expect.poll(() => calls.requestsSeen()).toBe(1);
        await gateway.stop();
        expect(await brokeOff).toBe(true);
      });
      expect(record).toMatchObject({ call_end: "refused", status, refusal: { code: "shutting_down" } });
      expect(record.attempts[0]?.evidence).toMatchObject({ progress: "sent", failure: null });
    },
  );
});
