import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

describe("the address of a caller", () => {
  const request = (forwarded: string | undefined) =>
    ({
      socket: { remoteAddress: "10.0.0.9" },
      headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
    }) as unknown as IncomingMessage;

  it.each([
    ["nobody is trusted", 0, "1.1.1.1", "10.0.0.9"],
    ["one proxy of ours", 1, "6.6.6.6, 192.0.2.7", "192.0.2.7"],
    ["two proxies of ours", 2, "6.6.6.6, 192.0.2.7, 10.0.0.8", "192.0.2.7"],
    ["somebody came past the proxies", 2, "192.0.2.7", "10.0.0.9"],
    ["a proxy of ours that writes ports", 1, "192.0.2.7:51234", "192.0.2.7"],
    ["one that writes ports behind brackets", 1, "[2001:db8::7]:443", "2001:db8::7"],
    ["an address of colons alone", 1, "2001:db8::7", "2001:db8::7"],
    ["no header came", 1, undefined, "10.0.0.9"],
  ])("%s", (_what, hops, forwarded, address) => {
    expect(clientAddress(request(forwarded), hops)).toBe(address);
  });
});
