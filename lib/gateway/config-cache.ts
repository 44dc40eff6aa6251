import { hash } from "node:crypto";
import type { TenantConfig } from "../services/gateway-config/load-tenant-config.ts";
import type { AuthenticatedKey } from "../services/keys/authenticate-key.ts";

/** The configuration has not been confirmed for too long; nobody may be served by it. */
export class ConfigStale extends Error {
  override readonly name = "ConfigStale";
}

export type ConfigSource = {
  readonly readRevision: () => Promise<number>;
  readonly loadTenant: (tenantId: string) => Promise<TenantConfig | null>;
  readonly authenticate: (presented: string) => Promise<AuthenticatedKey | null>;
};

export type ConfigCacheOptions = ConfigSource & {
  /** Milliseconds that never jump. */
  readonly now: () => number;
  readonly pollMs: number;
  /** How long a tenant whose policy says `spool` is served by what was confirmed last. */
  readonly spoolMsMax: number;
};

export type ConfigCache = {
  authenticate(presented: string): Promise<AuthenticatedKey | null>;
  tenant(tenantId: string): Promise<TenantConfig | null>;
  /** Whether the configuration counts as in force now. What is served without that is a gap in the evidence. */
  isConfirmed(): boolean;
  /** Throws `ConfigStale`, or the store's own error, where the configuration cannot be confirmed. */
  confirm(): Promise<void>;
  /** Age of the last confirmation. */
  ageMs(): number;
  start(): void;
  stop(): void;
};

/** Confirmed this recently, a key counts as not revoked. Below the 5 s within which a revocation must show. */
const trustedMs = 4_000;
const staleMs = 30_000;
/** A key is looked up anew this often, so that its last use is known to the minute. */
const keyMs = 60_000;
const keysMax = 20_000;

/** Whether a tenant's policy in force goes on without the store. */
function spools({ policies }: TenantConfig): boolean {
  const now = new Date().toISOString();
  return policies.find(({ effectiveAt }) => effectiveAt <= now)?.policy.onEvidenceLoss === "spool";
}

type HeldKey = { readonly key: AuthenticatedKey | null; readonly until: number };

/**
 * Keys and tenants as of one revision of the configuration. Every change raises the revision in its own
 * transaction; one poll a second sees it, and then nothing older is used again.
 */
export function createConfigCache(options: ConfigCacheOptions): ConfigCache {
  const keys = new Map<string, HeldKey>();
  const tenants = new Map<string, TenantConfig>();
  const loading = new Map<string, Promise<TenantConfig | null>>();
  let revision: number | null = null;
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let polling: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let away = false;

  const poll = (): Promise<void> => {
    polling ??= (async () => {
      // What the store says is true of a moment after this one.
      const asked = options.now();
      try {
        const read = await options.readRevision();
        if (read !== revision) {
          revision = read;
          keys.clear();
          tenants.clear();
          loading.clear();
        }
        confirmedAt = asked;
        away = false;
      } catch (error) {
        away = true;
        throw error;
      } finally {
        polling = null;
      }
    })();
    return polling;
  };

  const confirm = async (): Promise<void> => {
    if (options.now() - confirmedAt <= trustedMs) return;
    try {
      await poll();
    } catch (error) {
      if (options.now() - confirmedAt > staleMs)
        throw new ConfigStale("The configuration is older than 30 s.", { cause: error });
      throw error;
    }
  };

  const isConfirmed = (): boolean => options.now() - confirmedAt <= trustedMs;

  const heldKey = (name: string): HeldKey | null => {
    const held = keys.get(name);
    return held && held.until > options.now() ? held : null;
  };

  /** What is known of a tenant that goes on without the store, as long as it may. */
  const lastKnown = (tenantId: string | undefined): TenantConfig | null => {
    const config = tenants.get(tenantId ?? "");
    return config && spools(config) && options.now() - confirmedAt <= options.spoolMsMax ? config : null;
  };

  /** Asks the store, or, where it is away, what is known. Nobody waits twice for a store that was away just now. */
  const orLastKnown = async <T>(known: () => T | null, ask: () => Promise<T>): Promise<T> => {
    const last = away && !isConfirmed() ? known() : null;
    if (last !== null) return last;
    try {
      return await ask();
    } catch (error) {
      const found = known();
      if (found === null) throw error;
      return found;
    }
  };

  const load = (tenantId: string): Promise<TenantConfig | null> => {
    const known = loading.get(tenantId);
    if (known) return known;
    const begun = revision;
    const started = options.loadTenant(tenantId).then((config) => {
      // Read before a change was seen, it may be from before that change.
      if (config && begun === revision) tenants.set(tenantId, config);
      return config;
    });
    loading.set(tenantId, started);
    const done = (): void => {
      if (loading.get(tenantId) === started) loading.delete(tenantId);
    };
    started.then(done, done);
    return started;
  };

  return {
    async authenticate(presented) {
      const name = hash("sha256", presented, "base64");
      const here = isConfirmed() ? heldKey(name) : null;
      if (here) return here.key;
      const known = (): AuthenticatedKey | null => {
        const key = keys.get(name)?.key ?? null;
        return key && lastKnown(key.tenantId) ? key : null;
      };
      return orLastKnown<AuthenticatedKey | null>(known, async () => {
        await confirm();
        const held = heldKey(name);
        if (held) return held.key;
        const begun = revision;
        const key = await options.authenticate(presented);
        if (begun === revision) {
          if (keys.size >= keysMax) keys.clear();
          keys.set(name, { key, until: options.now() + keyMs });
        }
        return key;
      });
    },
    async tenant(tenantId) {
      const here = isConfirmed() ? tenants.get(tenantId) : undefined;
      if (here) return here;
      return orLastKnown<TenantConfig | null>(
        () => lastKnown(tenantId),
        async () => {
          await confirm();
          return tenants.get(tenantId) ?? load(tenantId);
        },
      );
    },
    isConfirmed,
    confirm,
    ageMs: () => options.now() - confirmedAt,
    start() {
      // A failed poll shows in the age; the next one follows in a second.
      timer ??= setInterval(() => void poll().catch(() => undefined), options.pollMs);
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
