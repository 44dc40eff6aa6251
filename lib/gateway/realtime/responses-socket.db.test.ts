import { ResponsesWS } from "openai/resources/responses/ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
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

const model = "gpt-5.5-2026-04-23";
const factsOf = (record: RecordedRow) => (record as unknown as { facts: Record<string, unknown> }).facts;

function open(tenant: WorldTenant, headers: Record<string, string> = {}): Listening {
  const url = `ws://127.0.0.1:${world.gateway.port}/v1/responses`;
  return listenTo(new WebSocket(url, { headers: { authorization: `Bearer ${tenant.key}`, ...headers } }));
}

async function end(session: Listening): Promise<void> {
  session.socket.close(1000);
  await session.closed;
}

describe("responses.connect", () => {
  it("the official client speaks through it: each response passes, and the session is one call with all their tokens", async () => {
    const made: string[] = [];
    const record = await calls.recordOf(bank, async () => {
      const session = new ResponsesWS(world.openai(bank.key));
      const events = session.stream()[Symbol.asyncIterator]();
      for (let turn = 0; turn < 2; turn += 1) {
        const previous_response_id = made.at(-1) ?? null;
        session.send({ type: "response.create", model, input: "Where?", store: false, previous_response_id });
        for (;;) {
          const { value, done } = await events.next();
          if (done) throw new Error("The session ended.");
          if (value.type !== "message" || value.message.type !== "response.completed") continue;
          expect(value.message.response.previous_response_id).toBe(previous_response_id);
          made.push(value.message.response.id);
          break;
        }
      }
      session.close();
    });
    expect(made).toHaveLength(2);
    expect(record).toMatchObject({
      operation: "responses.connect",
      verdict: "compliant",
      host: "eu.api.openai.com",
      status: 101,
      call_end: "complete",
      model_requested: model,
      model_answered: model,
      output_tokens: 8,
    });
    // What the session itself has made is no object of elsewhere.
    expect(factsOf(record)).toMatchObject({
      endpoint: "/v1/responses",
      requestBody: "read",
      responseBody: "read",
      store: { said: true, value: false },
      storedStateRefs: [],
      objectsUsed: [],
    });
  });

  it("holds back what the policy refuses, says so in the lane that asked, and goes on", async () => {
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank);
      await session.upgraded;
      const tools = [{ type: "mcp", server_label: "crm", server_url: "https://crm.example/mcp" }];
      for (const refused of [
        { tools },
        { input: [{ type: "additional_tools", role: "developer", tools }] },
      ]) {
        session.send({
          type: "response.create",
          model,
          input: "x",
          store: false,
          stream_id: "a",
          ...refused,
        });
        expect(await session.event("error")).toMatchObject({
          stream_id: "a",
          error: { code: "feature_not_eligible" },
        });
      }
      session.send({ type: "response.create", model: "gpt-no-such", input: "x", store: false });
      expect((await session.event("error")).error).toMatchObject({ code: "model_not_eligible" });
      session.send({ type: "response.create", model, input: "x", store: false });
      await session.event("response.completed");
      await end(session);
    });
    expect(record).toMatchObject({ verdict: "compliant", model_requested: model, output_tokens: 4 });
    expect(factsOf(record)).toMatchObject({ featuresOffered: [], toolHosts: [] });
  });

  it("counts what one response stored for the session, whatever the next one says, and knows it as made", async () => {
    let id = "";
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank);
      await session.upgraded;
      session.send({ type: "response.create", model, input: "x" });
      id = String(((await session.event("response.completed")).response as { id: string }).id);
      session.send({ type: "response.create", model, input: "x", store: false });
      await session.event("response.completed");
      await end(session);
    });
    expect(factsOf(record).store).toEqual({ said: false });
    const resources = await world.sql<{ object_id: string }>(
      bank.id,
      "select object_id from resource where tenant_id = $1 and kind = 'response'",
      [bank.id],
    );
    expect(resources.map((row) => row.object_id)).toEqual([id]);
  });

  it("with two models, its record does not look like either", async () => {
    const record = await calls.recordOf(apps, async () => {
      const session = open(apps, { "x-domicile-target-region": "eu" });
      await session.upgraded;
      for (const each of ["gpt-4o-mini", model]) {
        session.send({ type: "response.create", model: each, input: "x", store: false });
        await session.event("response.completed");
      }
      await end(session);
    });
    expect(factsOf(record).unreadable).toEqual(["model"]);
    expect(record.verdict).toBe("unverifiable");
  });

  it("that breaks off within an answer has no whole one, and says whose end it was", async () => {
    const record = await calls.recordOf(apps, async () => {
      const session = open(apps, { "x-domicile-target-region": "eu" });
      await session.upgraded;
      session.send({ type: "response.create", model: "sim-stream-cut", input: "x", store: false });
      await session.event("response.output_text.delta");
      await session.closed;
    });
    expect(record).toMatchObject({ call_end: "upstream_failed", output_tokens: null });
    expect(factsOf(record)).toMatchObject({ responseBody: "unread" });
  });

  it("in which nothing was asked for is a call that sent nothing of anybody's", async () => {
    const record = await calls.recordOf(bank, async () => {
      const session = open(bank);
      await session.upgraded;
      await end(session);
    });
    expect(record).toMatchObject({ verdict: "compliant", call_end: "complete", model_requested: null });
    expect(factsOf(record)).toMatchObject({ requestBody: "none" });
  });
});
