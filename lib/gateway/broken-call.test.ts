import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import pino from "pino";
import { expect, it, vi } from "vitest";
import type { CallRecord } from "../core/calls/call-record.ts";
import { createByteBudget } from "../http/byte-budget.ts";
import { europeanConfig, europeanPolicy } from "../testing/session-world.ts";
import { forward } from "./forward.ts";
import type { Gateway } from "./gateway.ts";
import { IntentUnavailable } from "./intents.ts";
import { createPace } from "./pace.ts";
import { upgrade } from "./realtime/upgrade.ts";
import { noSpans } from "./telemetry/call-spans.ts";

const records: CallRecord[] = [];
let places = 0;

const limits = { scopes: [], expiresAt: null, allowedFrom: [], callsPerMinute: null, concurrentCalls: null };
const key = { keyId: "k", kind: "gateway", tenantId: "t", applicationId: "a", target: "policy", limits };

/** A gateway that breaks behind the intent of each call: it has no way to the provider. */
const gateway = {
  identifier: {
    config: {
      authenticate: async () => key,
      tenant: async () => europeanConfig(europeanPolicy()),
      isConfirmed: () => true,
    },
  },
  intents: { open: async () => ({ bootId: "b", n: 1 }) },
  pace: createPace(),
  closing: {
    reserve: () => {
      places += 1;
      return true;
    },
    release: () => {
      places -= 1;
    },
    add: (record: CallRecord) => {
      places -= 1;
      records.push(record);
    },
  },
  spool: null,
  get diallers() {
    throw new Error("The gateway is broken.");
  },
  bodyLimits: { bodyBytesMax: 1_000_000, budget: createByteBudget(1_000_000), arrivalMsMax: 1_000 },
  realtime: { messageBytesMax: 1_000 },
  limits: { enter: () => ({ leave: () => undefined }) },
  trustedHops: 0,
  relayCountry: "DE",
  metrics: { callEnded: () => undefined, intents: () => undefined },
  spans: noSpans,
  log: pino({ enabled: false }),
  isStopping: () => false,
  isCutting: () => false,
} as unknown as Gateway;

const handshake = [
  "GET /v1/realtime?model=gpt-realtime-2 HTTP/1.1",
  "connection: upgrade",
  "upgrade: websocket",
  "sec-websocket-version: 13",
  "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
];

async function answerOf(by: Gateway, lines: readonly string[]): Promise<string> {
  records.length = 0;
  const server = createServer((request, response) => void forward(by, request, response));
  server.on("upgrade", (request, socket, head) => void upgrade(by, request, socket, head));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write([...lines, "host: gateway.test", "authorization: Bearer dom_x", "", ""].join("\r\n"));
  const answer = await text(socket);
  server.close();
  return answer;
}

const kinds: [string, string[]][] = [
  ["a call", ["GET /v1/models HTTP/1.1", "connection: close"]],
  ["a session", handshake],
];

it.each(kinds)(
  "%s that fails behind its intent is answered, recorded, and gives its place back",
  async (_, lines) => {
    expect(await answerOf(gateway, lines)).toMatch(/^HTTP\/1\.1 500 .*internal_error/s);
    expect(records).toMatchObject([
      { intent: { n: 1 }, end: "unknown", endedAt: null, attempts: [{ progress: "unknown" }] },
    ]);
    expect(places).toBe(0);
  },
);

it.each(kinds)("%s stirs as it comes: who writes intents in groups waits for it", async (_, lines) => {
  let stirred = 0;
  const pace = {
    ...createPace(),
    stir() {
      stirred += 1;
    },
  };
  let atIntent = 0;
  const own = Object.defineProperties({} as Gateway, {
    ...Object.getOwnPropertyDescriptors(gateway),
    pace: { value: pace },
    intents: {
      value: {
        async open() {
          atIntent = stirred;
          throw new IntentUnavailable(null, null);
        },
      },
    },
  });
  expect(await answerOf(own, lines)).toMatch(/evidence_unavailable/);
  expect(atIntent).toBe(1);
});

it("a call whose caller leaves while its intent is written has the time at which he was gone", async () => {
  records.length = 0;
  let left: () => void = () => undefined;
  const leaving = Object.defineProperties({} as Gateway, {
    ...Object.getOwnPropertyDescriptors(gateway),
    diallers: { value: { live: null, simulated: null } },
    metrics: { value: { callEnded: () => left(), intents: () => undefined } },
    intents: {
      value: {
        async open() {
          socket.destroy();
          await vi.waitFor(() => expect(answering?.destroyed).toBe(true));
          return { bootId: "b", n: 1 };
        },
      },
    },
  });
  let answering: ServerResponse | null = null;
  const server = createServer((request, response) => {
    answering = response;
    void forward(leaving, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const began = Date.now();
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const ended = new Promise<void>((resolve) => {
    left = resolve;
  });
  socket.write("GET /v1/models HTTP/1.1\r\nhost: gateway.test\r\nauthorization: Bearer dom_x\r\n\r\n");
  await ended;
  server.close();
  expect(records).toMatchObject([{ end: "client_abort", attempts: [{ progress: "not_sent" }] }]);
  expect(Date.parse(records[0]?.endedAt ?? "")).toBeGreaterThanOrEqual(began);
  expect(places).toBe(0);
});

it.each(kinds)("%s that is spooled under another id has its span under that id", async (_, lines) => {
  const begun: string[] = [];
  const spooling = Object.defineProperties({} as Gateway, {
    ...Object.getOwnPropertyDescriptors(gateway),
    identifier: {
      value: {
        config: {
          ...gateway.identifier.config,
          tenant: async () => europeanConfig(europeanPolicy({ onEvidenceLoss: "spool" })),
        },
      },
    },
    intents: { value: { open: () => Promise.reject(new IntentUnavailable({ bootId: "b", n: 1 }, null)) } },
    spool: { value: { open: async () => ({ bootId: "s", n: 1 }) } },
    spans: {
      value: {
        ...noSpans,
        begin(id: string) {
          begun.push(id);
          return null;
        },
      },
    },
  });
  await answerOf(spooling, lines);
  const spooled = records.find(({ gap }) => gap === "spooled");
  expect(spooled?.intent?.bootId).toBe("s");
  expect(begun).toEqual([expect.any(String), spooled?.id]);
  expect(places).toBe(0);
});
