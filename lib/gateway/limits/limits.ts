import { GatewayRefusal } from "../answer-error.ts";
import type { Caller } from "../identify.ts";

export type Entered = {
  /** Call once, when the call is over. */
  leave(): void;
};

export type Limits = {
  /** A place for one call. Throws `GatewayRefusal` where a limit is reached; then nothing is taken. */
  enter(caller: Caller): Entered;
  /** Calls that have a place now. */
  open(): number;
};

export type LimitsOptions = {
  /** Of one key that states none of its own. */
  readonly keyConcurrentMax: number;
  readonly tenantConcurrentMax: number;
  /** Milliseconds that never jump. */
  readonly now: () => number;
};

/** Of one key in this gateway: what runs, and what of its minute is left. */
type Use = { running: number; tokens: number; at: number };

const minuteMs = 60_000;
const usesMax = 20_000;

/**
 * Limits of keys and tenants, counted by each gateway for itself. A rate is a bucket that holds a minute's worth and
 * fills evenly, so a key that was quiet may send its minute at once.
 */
export function createLimits(options: LimitsOptions): Limits {
  const keys = new Map<string, Use>();
  const tenants = new Map<string, number>();
  let open = 0;

  const countOf = (keyId: string, perMinute: number | null): Use => {
    const known = keys.get(keyId);
    if (known) return known;
    if (keys.size >= usesMax) forgetIdle(keys);
    const use = { running: 0, tokens: perMinute ?? 0, at: options.now() };
    keys.set(keyId, use);
    return use;
  };

  const refuse = (code: "rate_limited" | "too_many_calls", waitMs: number, message: string): never => {
    throw new GatewayRefusal(code, { message, retryAfterS: Math.max(1, Math.ceil(waitMs / 1_000 - 1e-6)) });
  };

  const takeToken = (use: Use, perMinute: number): void => {
    const now = options.now();
    use.tokens = Math.min(perMinute, use.tokens + ((now - use.at) / minuteMs) * perMinute);
    use.at = now;
    // Fractions of a token do not add up to one exactly.
    if (use.tokens < 1 - 1e-9)
      refuse(
        "rate_limited",
        ((1 - use.tokens) / perMinute) * minuteMs,
        `This key may make ${perMinute} calls a minute. Nothing was sent.`,
      );
    use.tokens -= 1;
  };

  return {
    enter({ keyId, key, config }) {
      const tenantId = config.tenant.id;
      const ofTenant = tenants.get(tenantId) ?? 0;
      if (ofTenant >= options.tenantConcurrentMax)
        refuse(
          "too_many_calls",
          1_000,
          "The tenant has too many calls open at this gateway. Nothing was sent.",
        );
      const perMinute = key?.callsPerMinute ?? null;
      const use = keyId === null ? null : countOf(keyId, perMinute);
      const max = key?.concurrentCalls ?? options.keyConcurrentMax;
      if (use && use.running >= max)
        refuse("too_many_calls", 1_000, `This key may have ${max} calls open at once. Nothing was sent.`);
      if (use && perMinute !== null) takeToken(use, perMinute);
      if (use) use.running += 1;
      tenants.set(tenantId, ofTenant + 1);
      open += 1;
      let left = false;
      return {
        leave() {
          if (left) return;
          left = true;
          open -= 1;
          if (use) use.running -= 1;
          const rest = (tenants.get(tenantId) ?? 1) - 1;
          if (rest === 0) tenants.delete(tenantId);
          else tenants.set(tenantId, rest);
        },
      };
    },
    open: () => open,
  };
}

/** Keys of which nothing runs start anew when they come again. */
function forgetIdle(keys: Map<string, Use>): void {
  for (const [keyId, { running }] of keys) if (running === 0) keys.delete(keyId);
}
