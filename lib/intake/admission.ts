import type { AuthenticatedKey } from "../services/keys/authenticate-key.ts";
import { IntakeRefusal } from "./intake-refusal.ts";

export type AdmissionOptions = {
  /** Requests that may be at work or wait, of all tenants and of one. */
  readonly openMax: number;
  readonly tenantOpenMax: number;
  readonly tenantRecordsPerMinute: number;
  /** Milliseconds that never jump. */
  readonly now: () => number;
};

export type Admitted = {
  /** What the request turned out to hold; counts against what comes next. */
  charge(records: number): void;
  /** Call once, when the request is answered. */
  leave(): void;
};

export type Admission = {
  /** A place for one request. Throws `IntakeRefusal` where there is none; then nothing is taken. */
  enter(key: AuthenticatedKey): Admitted;
  open(): number;
};

/** A minute's worth that fills evenly. Below 0 it is owed. */
type Bucket = { tokens: number; at: number };

const minuteMs = 60_000;
const bucketsMax = 20_000;

/**
 * Who may hand in how much, counted by each gateway for itself. How many records a request holds is known when it was
 * read: they are charged then, and whoever owes waits until it is paid.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const buckets = new Map<string, Bucket>();
  const tenants = new Map<string, number>();
  let open = 0;

  const bucketOf = (name: string, perMinute: number): Bucket => {
    const now = options.now();
    const bucket = buckets.get(name) ?? { tokens: perMinute, at: now };
    bucket.tokens = Math.min(perMinute, bucket.tokens + ((now - bucket.at) / minuteMs) * perMinute);
    bucket.at = now;
    if (!buckets.has(name)) {
      if (buckets.size >= bucketsMax) buckets.clear();
      buckets.set(name, bucket);
    }
    return bucket;
  };

  return {
    enter({ keyId, tenantId, limits }) {
      const quotas: [name: string, perMinute: number][] = [[`t${tenantId}`, options.tenantRecordsPerMinute]];
      if (limits.callsPerMinute !== null) quotas.push([`k${keyId}`, limits.callsPerMinute]);
      for (const [name, perMinute] of quotas) {
        const { tokens } = bucketOf(name, perMinute);
        if (tokens < 1 - 1e-9) {
          const waitMs = ((1 - tokens) / perMinute) * minuteMs;
          throw new IntakeRefusal("rate_limited", {
            message: `${name.startsWith("k") ? "This key" : "This tenant"} may report ${perMinute} calls a minute. Nothing was recorded. Send it again.`,
            retryAfterS: Math.max(1, Math.ceil(waitMs / 1_000 - 1e-6)),
          });
        }
      }
      const ofTenant = tenants.get(tenantId) ?? 0;
      if (open >= options.openMax || ofTenant >= options.tenantOpenMax)
        throw new IntakeRefusal("intake_busy");
      open += 1;
      tenants.set(tenantId, ofTenant + 1);
      let left = false;
      return {
        charge(records) {
          for (const [name, perMinute] of quotas) bucketOf(name, perMinute).tokens -= records;
        },
        leave() {
          if (left) return;
          left = true;
          open -= 1;
          const rest = (tenants.get(tenantId) ?? 1) - 1;
          if (rest === 0) tenants.delete(tenantId);
          else tenants.set(tenantId, rest);
        },
      };
    },
    open: () => open,
  };
}
