import { expect, it } from "vitest";
import type { TenantConfig } from "../services/gateway-config/load-tenant-config.ts";
import type { AuthenticatedKey } from "../services/keys/authenticate-key.ts";
import { createConfigCache } from "./config-cache.ts";

it("a tenant that spools goes on by what is known only while the store is away: where it answers, it is asked", async () => {
  const policies = [{ effectiveAt: "2026-01-01T00:00:00.000Z", policy: { onEvidenceLoss: "spool" } }];
  const configOf = (version: number) => ({ catalog: { version }, policies }) as unknown as TenantConfig;
  const state = { revision: 1, version: 1, revoked: false, away: false, ms: 0 };
  const ask = async <T>(value: () => T): Promise<T> => {
    if (state.away) throw new Error("away");
    return value();
  };
  const cache = createConfigCache({
    readRevision: () => ask(() => state.revision),
    loadTenant: () => ask(() => configOf(state.version)),
    authenticate: () =>
      ask(() => (state.revoked ? null : ({ keyId: "k1", tenantId: "t1" } as AuthenticatedKey))),
    now: () => state.ms,
    pollMs: 1_000,
    spoolMsMax: 900_000,
  });
  const seen = async () => [
    (await cache.authenticate("dom_x"))?.keyId ?? null,
    (await cache.tenant("t1"))?.catalog.version,
  ];
  expect(await seen()).toEqual(["k1", 1]);

  Object.assign(state, { revision: 2, version: 2, away: true });
  state.ms += 60_000;
  expect(await seen()).toEqual(["k1", 1]);

  state.away = false;
  await cache.confirm();
  expect(await seen()).toEqual(["k1", 2]);
  Object.assign(state, { revision: 3, version: 3, revoked: true });
  state.ms += 60_000;
  expect(await seen()).toEqual([null, 3]);
});
