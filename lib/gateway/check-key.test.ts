import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import type { KeyLimits } from "../services/keys/authenticate-key.ts";
import { checkKey } from "./check-key.ts";
import { clientAddress } from "./client-address.ts";
import type { Caller } from "./identify.ts";

const free: KeyLimits = {
  scopes: [],
  expiresAt: null,
  allowedFrom: [],
  callsPerMinute: null,
  concurrentCalls: null,
};
const use = {
  operation: "chat.completions.create",
  path: "/v1/chat/completions",
  address: "192.0.2.7",
  at: Date.parse("2026-11-22T10:00:00Z"),
};
const codeOf = (limits: Partial<KeyLimits>, over: Partial<typeof use> = {}) =>
  checkKey({ key: { ...free, ...limits } } as Caller, { ...use, ...over })?.code ?? null;

describe("a key is refused", () => {
  it("from the moment it ends, and not before", () => {
    expect(codeOf({ expiresAt: use.at + 1 })).toBeNull();
    expect(codeOf({ expiresAt: use.at })).toBe("key_expired");
  });

  it("from another address than its own", () => {
    expect(codeOf({ allowedFrom: ["192.0.2.0/24"] })).toBeNull();
    expect(codeOf({ allowedFrom: ["192.0.2.0/24"] }, { address: "198.51.100.1" })).toBe("key_address");
    expect(codeOf({ allowedFrom: ["192.0.2.0/24"] }, { address: "" })).toBe("key_address");
  });

  it("for what lies outside its scopes, unknown paths included", () => {
    expect(codeOf({ scopes: ["inference"] })).toBeNull();
    expect(codeOf({ scopes: ["files"] })).toBe("key_scope");
    expect(codeOf({ scopes: ["inference"] }, { operation: "unknown" })).toBe("key_scope");
  });
});

describe("a token of the worker", () => {
  const only = { operation: "batches.retrieve", path: "/v1/batches/batch_1" };
  const codeFor = (over: Partial<typeof use>) =>
    checkKey({ key: null, only } as Caller, { ...use, ...only, ...over })?.code ?? null;

  it("is good for the one object it names, and for nothing else", () => {
    expect(codeFor({})).toBeNull();
    expect(codeFor({ path: "/v1/batches/batch_2" })).toBe("key_scope");
    expect(codeFor({ operation: "batches.cancel" })).toBe("key_scope");
  });
});

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
