import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { noEcho } from "../../core/calls/attempt-facts.ts";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { sessionCharsMax } from "../../core/calls/realtime-session.ts";
import type { TenantConfig } from "../../services/gateway-config/load-tenant-config.ts";
import { type Listening, listenTo } from "../../testing/listening.ts";
import { europeanConfig, europeanPolicy, sessionDraft } from "../../testing/session-world.ts";
import { GatewayRefusal } from "../answer-error.ts";
import type { Gateway } from "../gateway.ts";
import { nothingSent } from "../upstream/attempt.ts";
import { planSession } from "./plan-session.ts";
import { runSession } from "./session-calls.ts";

/** Two ends of a web socket each: the caller's with the gateway, and the gateway's with the provider. */
let server: Server;
let sockets: WebSocketServer;
let caller: Listening;
let provider: Listening;
let ends: { client: WebSocket; provider: WebSocket };

beforeEach(async () => {
  server = createServer();
  sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const pair = async (): Promise<[WebSocket, WebSocket]> => {
    const accepted = new Promise<WebSocket>((resolve) => sockets.once("connection", resolve));
    const here = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return [here, await accepted];
  };
  const [outside, client] = await pair();
  const [there, upstream] = await pair();
  caller = listenTo(outside);
  provider = listenTo(there);
  ends = { client, provider: upstream };
});

afterEach(() => {
  sockets.close();
  server.close();
});

function openSession(config: TenantConfig) {
  const draft = sessionDraft(config);
  const asked = { model: "gpt-realtime-2" };
  const call = planSession(draft, { json: asked, unread: false });
  if (call instanceof GatewayRefusal) throw call;
  const records: CallRecord[] = [];
  const errors: { err: Error }[] = [];
  const gateway = {
    identifier: { config: { tenant: async () => config, isConfirmed: () => true } },
    closing: { add: (record: CallRecord) => records.push(record) },
    realtime: { pingEveryMs: 10_000, add: () => undefined, remove: () => undefined },
    log: { error: (line: { err: Error }) => errors.push(line) },
  } as unknown as Gateway;
  const dial = {
    startedAt: draft.startedAt,
    seen: nothingSent(),
    echo: noEcho,
    redirectHost: null,
  };
  const ended = runSession(gateway, {
    draft,
    by: { headers: { "x-domicile-key": undefined }, address: "127.0.0.1" },
    asked,
    call,
    intent: { bootId: "b", n: 1 },
    dial,
    onCall: () => undefined,
    ...ends,
  });
  const passed: string[] = [];
  provider.socket.on("message", (data) => passed.push(String(data)));
  return { draft, records, errors, ended, passed };
}

it("a failure of our own ends the session with 1011 on both sides; nothing is passed on, and it is recorded", async () => {
  const config = europeanConfig(europeanPolicy());
  const { draft, records, errors, ended, passed } = openSession(config);
  const secret = "a broken promise of ours";
  Object.defineProperty(config, "policies", {
    get: () => {
      throw new Error(secret);
    },
  });
  caller.send({ type: "session.update", session: { type: "realtime", instructions: "Be brief." } });
  const { error } = await caller.event("error");
  expect(error).toMatchObject({ code: "internal_error" });
  expect(JSON.stringify(error)).not.toContain(secret);
  expect(await Promise.all([caller.closed, provider.closed])).toEqual([1011, 1011]);
  expect(await ended).toEqual({ by: "gateway", code: 1011 });
  expect(passed).toEqual([]);
  expect(records).toMatchObject([
    { id: draft.id, end: "complete", facts: { operation: "realtime.connect" } },
  ]);
  expect(errors.map(({ err }) => err.message)).toEqual([secret]);
});

it("an update by which more would be kept of the session than is kept counts as one that nobody read", async () => {
  const { records, ended, passed } = openSession(europeanConfig(europeanPolicy()));
  const half = "x".repeat(sessionCharsMax / 2);
  const update = (session: object) => caller.send({ type: "session.update", session });
  update({ tools: [{ type: "function", name: "f", description: half }] });
  update({ text: half });
  await vi.waitFor(() => expect(passed).toHaveLength(2));
  caller.socket.close(1000);
  await ended;
  expect(records).toMatchObject([{ facts: { requestBody: "unread", unreadable: ["session"] } }]);
});
