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
  return [outside, await accepted];
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
  if (outside.readyState !== WebSocket.OPEN) await new Promise((resolve) => outside.once("open", resolve));
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
