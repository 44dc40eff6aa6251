import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { pipeSession } from "./pipe-session.ts";

let server: Server;
let sockets: WebSocketServer;

beforeEach(async () => {
  server = createServer();
  sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  server.close();
});

/** Both ends of a web socket: a stranger's and ours. */
async function pair(): Promise<[outside: WebSocket, ours: WebSocket]> {
  const accepted = new Promise<WebSocket>((resolve) => sockets.once("connection", resolve));
  const outside = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const ours = await accepted;
  if (outside.readyState !== WebSocket.OPEN) await new Promise((resolve) => outside.once("open", resolve));
  return [outside, ours];
}

it("a client that does not read what it is told is not read on; told it all is, when it reads", async () => {
  const [outside, client] = await pair();
  const [, provider] = await pair();
  for (const side of [client, provider]) side.pause();
  const wanted = 20_000;
  let highest = 0;
  let answered = 0;
  const pipe = pipeSession(client, provider, {
    onClient: () => {
      pipe.tell("x".repeat(1_000));
      answered += 1;
      highest = Math.max(highest, client.bufferedAmount);
      return false;
    },
    onProvider: () => undefined,
    pingEveryMs: 60_000,
  });
  let told = 0;
  outside.on("message", () => {
    told += 1;
  });
  outside.pause();
  for (let i = 0; i < wanted; i += 1) outside.send("x");
  // Until nothing moves any more.
  for (let before = -1; answered !== before; ) {
    before = answered;
    await sleep(200);
  }
  expect(answered).toBeLessThan(wanted);
  outside.resume();
  while (told < wanted) await sleep(20);
  // A limit of one MiB, and what one piece of the network's held when it was reached.
  expect(highest).toBeLessThan(16 * 1024 * 1024);
  expect(answered).toBe(wanted);
  pipe.terminate();
  await pipe.closed;
});

const quiet = { onClient: () => true, onProvider: () => undefined, pingEveryMs: 60_000 };
const codeOf = (side: WebSocket) => new Promise<number>((resolve) => side.once("close", resolve));

it("an end without a code is passed on as one, and is no failure of anybody", async () => {
  const [outside, client] = await pair();
  const [there, provider] = await pair();
  const pipe = pipeSession(client, provider, quiet);
  there.close();
  expect(await Promise.all([codeOf(outside), pipe.closed])).toEqual([1005, { by: "provider", code: 1005 }]);
});

it("a side that was not being read hears the other's goodbye at once, and what it still says goes nowhere", async () => {
  const [outside, client] = await pair();
  const [there, provider] = await pair();
  const heard: string[] = [];
  const pipe = pipeSession(client, provider, {
    ...quiet,
    onClient: (data) => {
      heard.push(String(data));
      return true;
    },
  });
  client.pause();
  const gone = Promise.all([codeOf(outside), pipe.closed]);
  await new Promise<void>((resolve) => outside.send("late", () => resolve()));
  there.close(1000, "Done.");
  const began = performance.now();
  expect(await gone).toEqual([1000, { by: "provider", code: 1000 }]);
  // A web socket gives up on an answer to its goodbye after 30 s.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(heard).toEqual([]);
});
