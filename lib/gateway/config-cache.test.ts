import { describe, expect, it } from "vitest";
import type { TenantConfig } from "../services/gateway-config/load-tenant-config.ts";
import type { AuthenticatedKey } from "../services/keys/authenticate-key.ts";
import { ConfigStale, createConfigCache } from "./config-cache.ts";

const key = { keyId: "k1" } as AuthenticatedKey;
const configOf = (version: number) => ({ catalog: { version }, policies: [] as unknown }) as TenantConfig;

function store() {
  const state = {
    revision: 1,
    key: key as AuthenticatedKey | null,
    config: null as TenantConfig | null,
    away: false,
    loads: 0,
    looks: 0,
    ms: 0,
  };
  const guard = <T>(value: () => T): Promise<T> =>
    state.away ? Promise.reject(new Error("away")) : Promise.resolve(value());
  const cache = createConfigCache({
    readRevision: () => guard(() => state.revision),
    loadTenant: () => guard(() => state.config ?? configOf(++state.loads)),
    authenticate: () =>
      guard(() => {
        state.looks += 1;
        return state.key;
      }),
    now: () => state.ms,
    pollMs: 1_000,
    spoolMsMax: 900_000,
  });
  return { state, cache };
}

describe("createConfigCache", () => {
  it("asks once for a key and a tenant while nothing changes", async () => {
    const { state, cache } = store();
    for (let i = 0; i < 5; i += 1) {
      expect(await cache.authenticate("dom_x")).toBe(key);
      await cache.tenant("t1");
    }
    expect(state).toMatchObject({ looks: 1, loads: 1 });
  });

  it("forgets keys and tenants with the next revision it sees, less than five seconds after the change", async () => {
    const { state, cache } = store();
    await cache.authenticate("dom_x");
    await cache.tenant("t1");
    Object.assign(state, { revision: 2, key: null });
    state.ms += 4_001;
    expect(await cache.authenticate("dom_x")).toBeNull();
    expect((await cache.tenant("t1"))?.catalog.version).toBe(2);
  });

  it("also remembers that a key is none, until something changes", async () => {
    const { state, cache } = store();
    state.key = null;
    await cache.authenticate("dom_x");
    await cache.authenticate("dom_x");
    expect(state.looks).toBe(1);
    Object.assign(state, { revision: 2, key });
    state.ms += 4_001;
    expect(await cache.authenticate("dom_x")).toBe(key);
  });

  it("looks a key up again after a minute, so that its last use is known", async () => {
    const { state, cache } = store();
    await cache.authenticate("dom_x");
    state.ms += 60_001;
    await cache.authenticate("dom_x");
    expect(state.looks).toBe(2);
  });

  it("trusts nothing that it could not confirm, and calls it stale after 30 seconds", async () => {
    const { state, cache } = store();
    await cache.authenticate("dom_x");
    state.away = true;
    state.ms += 3_999;
    expect(await cache.authenticate("dom_x")).toBe(key);
    state.ms += 2;
    await expect(cache.authenticate("dom_x")).rejects.toThrow("away");
    state.ms += 27_000;
    await expect(cache.tenant("t1")).rejects.toBeInstanceOf(ConfigStale);
  });

  it("serves a tenant that spools by what it knew last, for 15 minutes, and nobody else", async () => {
    const { state, cache } = store();
    const spooling = { effectiveAt: "2026-01-01T00:00:00.000Z", policy: { onEvidenceLoss: "spool" } };
    state.config = { policies: [spooling] } as unknown as TenantConfig;
    state.key = { keyId: "k1", tenantId: "t1" } as AuthenticatedKey;
    await cache.authenticate("dom_x");
    await cache.tenant("t1");
    state.away = true;
    state.ms += 899_999;
    expect(cache.isConfirmed()).toBe(false);
    expect(await cache.authenticate("dom_x")).toBe(state.key);
    expect(await cache.tenant("t1")).toBe(state.config);
    await expect(cache.authenticate("dom_y")).rejects.toBeInstanceOf(ConfigStale);
    await expect(cache.tenant("t2")).rejects.toBeInstanceOf(ConfigStale);
    state.ms += 2;
    await expect(cache.authenticate("dom_x")).rejects.toBeInstanceOf(ConfigStale);
    await expect(cache.tenant("t1")).rejects.toBeInstanceOf(ConfigStale);
    // Back again, what was revoked meanwhile is seen with the first word of the store.
    Object.assign(state, { away: false, revision: 2, key: null });
    await cache.confirm();
    expect(await cache.authenticate("dom_x")).toBeNull();
  });

  it("does not keep what it read while the revision changed", async () => {
    const { state, cache } = store();
    await cache.confirm();
    const reading = cache.tenant("t1");
    state.revision = 2;
    state.ms += 4_001;
    await cache.confirm();
    await reading;
    await cache.tenant("t1");
    expect(state.loads).toBe(2);
  });

  it("reads a tenant once for many calls that ask together", async () => {
    const { state, cache } = store();
    await cache.confirm();
    await Promise.all(Array.from({ length: 20 }, () => cache.tenant("t1")));
    expect(state.loads).toBe(1);
  });
});
