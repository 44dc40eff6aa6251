import { mkdtempSync, rmSync } from "node:fs";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import { Duplex } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAuthority } from "../providers/simulated/authority.ts";
import { startTlsBackend, type TlsBackend } from "../testing/tls-backend.ts";
import type { Observation, Observer } from "./observe.ts";
import { relay } from "./relay.ts";
import { createDialler, type Dialler } from "./upstream/dialler.ts";

const host = "eu.api.openai.com";
const folder = mkdtempSync(path.join(os.tmpdir(), "domicile-relay-"));
let backend: TlsBackend;
let dialler: Dialler;

beforeAll(async () => {
  const authority = await openAuthority(folder, [host]);
  const certificate = authority.hosts[host];
  if (!certificate) throw new Error("No certificate was made.");
  backend = await startTlsBackend(certificate, (request, response) => {
    request.resume();
    response.end("a short answer");
  });
  dialler = createDialler({
    connectTo: [{ host, address: "127.0.0.1", port: backend.port }],
    onlyConnectTo: false,
    authorities: authority.ca,
    connectTimeoutMs: 10_000,
    answerTimeoutMs: 10_000,
    idleTimeoutMs: 10_000,
    connectionsMax: 4,
  });
});

afterAll(async () => {
  await dialler.close();
  await backend.stop();
  rmSync(folder, { recursive: true, force: true });
});

const observation = {} as Observation;
const unseeing: Observer = { push: () => true, finish: () => Promise.resolve(observation) };

const untold = (error: unknown): never => {
  throw error;
};
const atOnce = {
  isCutting: () => false,
  onOver: () => {},
  leisure: () => Promise.resolve(),
  onUnread: untold,
};

/** A caller whose side of the connection takes nothing. */
function stuckResponse(): ServerResponse {
  const socket = new Duplex({ read() {}, write() {} });
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  response.assignSocket(socket as Socket);
  return response;
}

it("a caller who does not take the end of an answer is let go, though it fits into our memory", async () => {
  const outcome = await relay({
    dialler,
    request: {
      host,
      method: "POST",
      path: "/v1/chat/completions",
      headers: { authorization: "Bearer k" },
      body: { kind: "held", bytes: Buffer.from("{}") },
    },
    response: stuckResponse(),
    ownHeaders: {},
    observe: () => unseeing,
    stallMsMax: 50,
    ...atOnce,
  });
  expect(outcome).toMatchObject({ end: "client_abort", observation, refusal: null });
  expect(outcome.dials[0].seen).toMatchObject({ status: 200, failure: null });
});

it("a caller who left while the intent was written is over at once, and nothing is dialled", async () => {
  const response = stuckResponse();
  response.destroy();
  const over: string[] = [];
  const outcome = await relay({
    dialler,
    request: { host, method: "GET", path: "/v1/models", headers: {}, body: { kind: "none" } },
    response,
    ownHeaders: {},
    observe: () => unseeing,
    stallMsMax: 1_000,
    ...atOnce,
    onOver: () => over.push("over"),
  });
  expect(over).toEqual(["over"]);
  expect(outcome).toMatchObject({ end: "client_abort", observation: null });
  expect(outcome.dials[0].seen.progress).toBe("not_sent");
});

it("a dial that failed before the caller left is one attempt, also where the next one was due", async () => {
  const deaf = createDialler({
    // Nobody listens there.
    connectTo: [{ host, address: "127.0.0.1", port: 1 }],
    onlyConnectTo: false,
    authorities: null,
    connectTimeoutMs: 10_000,
    answerTimeoutMs: 10_000,
    idleTimeoutMs: 10_000,
    connectionsMax: 1,
  });
  const response = stuckResponse();
  let dials = 0;
  const counting: Dialler = {
    ...deaf,
    dispatch: (...given) => {
      dials += 1;
      setTimeout(() => response.destroy(), 50);
      deaf.dispatch(...given);
    },
  };
  const outcome = await relay({
    dialler: counting,
    request: { host, method: "GET", path: "/v1/models", headers: {}, body: { kind: "none" } },
    response,
    ownHeaders: {},
    observe: () => unseeing,
    stallMsMax: 1_000,
    ...atOnce,
  });
  await deaf.close();
  expect(outcome).toMatchObject({ end: "client_abort", refusal: null });
  expect(outcome.dials).toHaveLength(dials);
  expect(dials).toBe(1);
  expect(outcome.dials[0].seen.failure).toBe("tcp");
});

it.each([
  ["begin", () => untold(new TypeError("x is no function"))],
  ["go on", (): Observer => ({ ...unseeing, push: () => untold(new TypeError("x is no function")) })],
])("a copy that cannot %s to be read keeps no answer from its caller", async (_step, observe) => {
  const written: Buffer[] = [];
  const socket = new Duplex({
    read() {},
    write(piece, _encoding, done) {
      written.push(piece);
      done();
    },
  });
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  response.assignSocket(socket as Socket);
  const told: unknown[] = [];
  const outcome = await relay({
    dialler,
    request: { host, method: "GET", path: "/v1/models", headers: {}, body: { kind: "none" } },
    response,
    ownHeaders: {},
    observe,
    stallMsMax: 1_000,
    ...atOnce,
    onUnread: (error) => told.push(error),
  });
  expect(outcome).toMatchObject({ end: "complete", observation: null, refusal: null });
  expect(Buffer.concat(written).toString()).toContain("a short answer");
  expect(told).toEqual([new TypeError("x is no function")]);
});
