import { describe, expect, it } from "vitest";
import type { KeyLimits } from "../../services/keys/authenticate-key.ts";
import { GatewayRefusal } from "../answer-error.ts";
import type { Caller } from "../identify.ts";
import { createLimits } from "./limits.ts";

function world(over: { keyConcurrentMax?: number; tenantConcurrentMax?: number } = {}) {
  const clock = { now: 0 };
  const limits = createLimits({
    keyConcurrentMax: 10,
    tenantConcurrentMax: 100,
    now: () => clock.now,
    ...over,
  });
  return { limits, clock };
}

const caller = (keyId: string | null, key: Partial<KeyLimits> = {}, tenant = "t"): Caller =>
  ({ keyId, key: keyId === null ? null : key, config: { tenant: { id: tenant } } }) as unknown as Caller;

function refusalOf(action: () => unknown): GatewayRefusal {
  try {
    action();
  } catch (error) {
    if (error instanceof GatewayRefusal) return error;
  }
  throw new Error("not refused");
}

describe("calls open at once", () => {
  it("are bounded per key, and a place is free again when its call is over, once", () => {
    const { limits } = world();
    const key = caller("k", { concurrentCalls: 2 });
    const [first] = [limits.enter(key), limits.enter(key)];
    expect(refusalOf(() => limits.enter(key))).toMatchObject({ code: "too_many_calls", retryAfterS: 1 });
    limits.enter(caller("other", { concurrentCalls: 2 }));
    first?.leave();
    first?.leave();
    limits.enter(key);
    expect(refusalOf(() => limits.enter(key)).code).toBe("too_many_calls");
    expect(limits.open()).toBe(3);
  });

  it("are bounded per tenant, over all its keys and the playground", () => {
    const { limits } = world({ tenantConcurrentMax: 2 });
    limits.enter(caller("a"));
    limits.enter(caller(null));
    expect(refusalOf(() => limits.enter(caller("b"))).code).toBe("too_many_calls");
    limits.enter(caller("b", {}, "another tenant"));
  });
});

describe("calls a minute", () => {
  it("may come at once, and then as the minute passes", () => {
    const { limits, clock } = world();
    const key = caller("k", { callsPerMinute: 6 });
    for (let i = 0; i < 6; i++) limits.enter(key).leave();
    expect(refusalOf(() => limits.enter(key))).toMatchObject({ code: "rate_limited", retryAfterS: 10 });
    clock.now += 9_000;
    expect(refusalOf(() => limits.enter(key)).retryAfterS).toBe(1);
    clock.now += 1_000;
    limits.enter(key).leave();
    expect(refusalOf(() => limits.enter(key)).code).toBe("rate_limited");
  });

  it("are never saved up beyond one minute's worth", () => {
    const { limits, clock } = world();
    const key = caller("k", { callsPerMinute: 2 });
    clock.now += 3_600_000;
    limits.enter(key).leave();
    limits.enter(key).leave();
    expect(refusalOf(() => limits.enter(key)).code).toBe("rate_limited");
  });

  it("take no place where they are refused", () => {
    const { limits } = world();
    const key = caller("k", { callsPerMinute: 1 });
    limits.enter(key).leave();
    refusalOf(() => limits.enter(key));
    expect(limits.open()).toBe(0);
  });
});
