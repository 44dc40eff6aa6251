import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { nameClients, namedClient } from "./name-clients.ts";

let undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.reverse()) each();
  undo = [];
});

/** What a server of Node's, which knows nothing of it, hears of a request with these headers. */
async function heard(trustedHops: number, headers: Record<string, string>): Promise<string | null> {
  undo.push(nameClients(trustedHops));
  const server = http.createServer((request, response) => {
    // As Next does (base-server.js of 16.4).
    request.headers["x-forwarded-for"] ??= request.socket.remoteAddress;
    response.end(JSON.stringify(namedClient(request.headers)));
  });
  undo.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { ...headers, connection: "close" } });
  return (await answer.json()) as string | null;
}

describe("where a sign-in comes from", () => {
  it.each([
    ["is the peer, whatever it says of itself", 0, { "x-forwarded-for": "192.0.2.7" }, "127.0.0.1"],
    [
      "is the peer, also where it writes our own header",
      0,
      { "x-domicile-client-address": "192.0.2.7" },
      "127.0.0.1",
    ],
    [
      "is what our proxy wrote, and not what the client had written before",
      1,
      { "x-forwarded-for": "6.6.6.6, 192.0.2.7" },
      "192.0.2.7",
    ],
    ["is the peer, where somebody came past our proxies", 2, { "x-forwarded-for": "6.6.6.6" }, "127.0.0.1"],
    ["is the peer, where the proxy said nothing", 1, {}, "127.0.0.1"],
  ])("%s", async (_what, hops, headers, address) => {
    expect(await heard(hops, headers as Record<string, string>)).toBe(address);
  });

  it("is unknown where nobody named it", () => {
    expect(namedClient({ "x-forwarded-for": "192.0.2.7" })).toBeNull();
  });
});
