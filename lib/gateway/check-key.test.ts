import { describe, expect, it } from "vitest";
import type { KeyLimits } from "../services/keys/authenticate-key.ts";
import { checkKey } from "./check-key.ts";
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
