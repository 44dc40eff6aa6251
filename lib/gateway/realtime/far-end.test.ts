import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { onFarEnd } from "./far-end.ts";

const server = createServer();
const tell = vi.fn();
let upgraded: { socket: Duplex; stop: () => void; finish: () => Promise<WebSocket> } | null = null;

beforeEach(async () => {
  tell.mockReset();
  upgraded = null;
  server.removeAllListeners("upgrade").on("upgrade", (request, socket: Duplex, head) => {
    const webSockets = new WebSocketServer({ noServer: true });
    upgraded = {
      socket,
      stop: onFarEnd(socket, tell),
      finish: () =>
        new Promise((resolve) =>
          webSockets.handleUpgrade(request, socket, head, (client) => resolve(client)),
        ),
    };
  });
  if (!server.listening) await once(server.listen(0, "127.0.0.1"), "listening");
});

afterEach(() => {
  upgraded?.socket.destroy();
});

afterAll(() => {
  server.close();
});

const port = (): number => (server.address() as AddressInfo).port;

async function ask(): Promise<Socket> {
  const client = connect(port(), "127.0.0.1");
  await once(client, "connect");
  client.write(
    "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  await vi.waitFor(() => expect(upgraded).not.toBeNull());
  return client;
}

it("tells of a client that closes its half while its handshake waits", async () => {
  const client = await ask();
  expect(tell).not.toHaveBeenCalled();
  client.end();
  await vi.waitFor(() => expect(tell).toHaveBeenCalledOnce());
});

it("tells nothing of one that stays, and takes nothing from who reads next", async () => {
  const client = new WebSocket(`ws://127.0.0.1:${port()}`);
  await vi.waitFor(() => expect(upgraded).not.toBeNull());
  // Whatever the server had heard of its connections by then, it has told when it answers another one.
  server.once("request", (_request, response) => response.end());
  await fetch(`http://127.0.0.1:${port()}`).then((answer) => answer.text());
  expect(tell).not.toHaveBeenCalled();
  upgraded?.stop();
  const [there] = await Promise.all([upgraded?.finish(), once(client, "open")]);
  const heard = once(there as WebSocket, "message");
  client.send("hello");
  expect(String((await heard)[0])).toBe("hello");
  client.close();
  await once(there as WebSocket, "close");
  expect(tell).not.toHaveBeenCalled();
});
