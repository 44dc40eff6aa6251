import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import type { Actor } from "../actor.ts";
import { readConfigRevision } from "../gateway-config/read-revision.ts";
import { authenticateKey } from "./authenticate-key.ts";
import { createKey } from "./create-key.ts";
import { generateKey, parseKey } from "./key-format.ts";
import { revokeKey } from "./revoke-key.ts";
import { rotateKey } from "./rotate-key.ts";

let world: StoreWorld;
let tenant: StoreTenant;
let admin: Actor;
let auditor: Actor;
let stranger: Actor;

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
  await world.addTenant("other");
  admin = await world.addPerson("ann", { bank: "admin" });
  auditor = await world.addPerson("aud", { bank: "auditor" });
  stranger = await world.addPerson("sam", { other: "admin" });
});
afterAll(() => world.drop());

const authenticate = (key: string) => world.as("gateway", () => authenticateKey(key));
const wish = {
  tenant: "bank",
  name: "nightly",
  kind: "gateway",
  application: "reports",
  environment: "production",
  purpose: "",
  target: "policy",
} as const;

describe("a key's form", () => {
  it("is known without the database: prefix, public part, secret, checksum", () => {
    const { whole, lookupId } = generateKey();
    expect(whole).toMatch(/^dom_[0-9A-Za-z]{8}_[0-9A-Za-z]{40}_[0-9A-Za-z]{6}$/);
    expect(parseKey(whole)).toEqual({ lookupId, whole });
  });

  it("tells a mistyped, cut or foreign key", () => {
    const { whole } = generateKey();
    const swapped = whole.slice(0, 20) + (whole[20] === "a" ? "b" : "a") + whole.slice(21);
    for (const wrong of [swapped, whole.slice(0, -1), `${whole}x`, ` ${whole}`, `sk-${whole}`, "", "dom_"])
      expect(parseKey(wrong), wrong).toBeNull();
  });
});

describe("authenticateKey", () => {
  it("says whose key it is", async () => {
    expect(await authenticate(tenant.key)).toEqual({
      keyId: tenant.keyId,
      kind: "gateway",
      tenantId: tenant.id,
      tenantSlug: "bank",
      tenantMode: "simulated",
      applicationId: tenant.applicationId,
      applicationName: "loan-desk",
      target: "policy",
      limits: { scopes: [], expiresAt: null, allowedFrom: [], callsPerMinute: null, concurrentCalls: null },
    });
  });

  it("knows no key with the public part of a real one and another secret", async () => {
    const other = generateKey().whole;
    const { lookupId } = parseKey(tenant.key) ?? { lookupId: "" };
    const body = `dom_${lookupId}_${other.slice(13, 53)}`;
    const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let rest = crc32(body);
    let sum = "";
    for (let i = 0; i < 6; i++) {
      sum = alphabet.charAt(rest % 62) + sum;
      rest = Math.floor(rest / 62);
    }
    const forged = `${body}_${sum}`;
    expect(parseKey(forged)).not.toBeNull();
    expect(await authenticate(forged)).toBeNull();
  });

  it("knows no key from the moment it is revoked, and gateways hear of it", async () => {
    const { key, secret } = await world.as("web", () => createKey(admin, wish));
    expect(await authenticate(secret)).toMatchObject({ applicationName: "reports" });
    const before = await world.as("gateway", readConfigRevision);
    const { revokedAt } = await world.as("web", () => revokeKey(admin, { tenant: "bank", keyId: key.id }));
    expect(await authenticate(secret)).toBeNull();
    expect(await world.as("gateway", readConfigRevision)).toBe(before + 1);
    expect(await world.as("web", () => revokeKey(admin, { tenant: "bank", keyId: key.id }))).toEqual({
      revokedAt,
    });
  });

  it("keeps no key in the store", async () => {
    const { secret } = await world.as("web", () => createKey(admin, { ...wish, name: "kept" }));
    const rows = await world.sql("owner", { read: [tenant.id] }, "SELECT * FROM gateway_key");
    const events = await world.sql("owner", { read: [tenant.id] }, "SELECT * FROM audit_event");
    expect(JSON.stringify([rows, events])).not.toContain(secret.slice(13, 53));
  });
});

describe("createKey", () => {
  it("confines a key to scopes, an end, addresses and a rate, and gateways are told so", async () => {
    const limits = {
      scopes: ["inference", "files", "files"] as const,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      allowedFrom: ["192.0.2.7", "2001:DB8::/32"],
      callsPerMinute: 60,
      concurrentCalls: 4,
    };
    const { key, secret } = await world.as("web", () =>
      createKey(admin, { ...wish, name: "confined", ...limits, scopes: [...limits.scopes] }),
    );
    const kept = {
      scopes: ["inference", "files"],
      allowedFrom: ["192.0.2.7/32", "2001:db8::/32"],
      callsPerMinute: 60,
      concurrentCalls: 4,
    };
    expect(key).toMatchObject({ ...kept, expiresAt: limits.expiresAt });
    expect((await authenticate(secret))?.limits).toEqual({
      ...kept,
      expiresAt: Date.parse(limits.expiresAt),
    });
  });

  it("refuses an end that has passed and an address that could be read in two ways", async () => {
    await world.as("web", async () => {
      for (const wrong of [{ expiresAt: "2020-01-01T00:00:00Z" }, { allowedFrom: ["10.0.0.1/8"] }])
        await expect(createKey(admin, { ...wish, ...wrong })).rejects.toMatchObject({
          code: "invalid_input",
        });
    });
  });

  it("lets nobody move the end of a key to later", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { key } = await world.as("web", () => createKey(admin, { ...wish, name: "ending", expiresAt }));
    const move = (to: string) =>
      world.sql(
        "web",
        { read: [tenant.id], write: tenant.id },
        `UPDATE gateway_key SET expires_at = ${to} WHERE id = '${key.id}'`,
      );
    await expect(move("now() + interval '1 day'")).rejects.toThrow(/may only end sooner/);
    await expect(move("NULL")).rejects.toThrow(/may only end sooner/);
    await move("now() + interval '1 minute'");
  });

  it("refuses an auditor, and leaves nothing behind", async () => {
    const counts = () =>
      world.sql(
        "owner",
        { read: [tenant.id] },
        "SELECT (SELECT count(*) FROM gateway_key) AS keys, (SELECT count(*) FROM audit_event) AS events",
      );
    const before = await counts();
    await world.as("web", async () => {
      await expect(createKey(auditor, wish)).rejects.toMatchObject({ code: "forbidden" });
      await expect(revokeKey(auditor, { tenant: "bank", keyId: tenant.keyId })).rejects.toMatchObject({
        code: "forbidden",
      });
    });
    expect(await counts()).toEqual(before);
  });

  it("finds no tenant for somebody who is no member of it", async () => {
    await world.as("web", async () => {
      for (const name of ["bank", tenant.id])
        await expect(createKey(stranger, { ...wish, tenant: name })).rejects.toMatchObject({
          code: "not_found",
        });
      await expect(revokeKey(stranger, { tenant: "other", keyId: tenant.keyId })).rejects.toMatchObject({
        code: "not_found",
      });
    });
  });

  it("records who made it", async () => {
    await world.as("web", () => createKey(admin, { ...wish, name: "audited" }));
    const events = await world.sql(
      "owner",
      { read: [tenant.id] },
      "SELECT kind, actor, actor_name, detail FROM audit_event WHERE detail ->> 'name' = 'audited'",
    );
    expect(events).toEqual([
      {
        kind: "key.created",
        actor: "person",
        actor_name: "ann",
        detail: { name: "audited", kind: "gateway", application: "reports", target: "policy" },
      },
    ]);
  });

  it("aims at the policy, a region or a documented host only", async () => {
    await world.as("web", async () => {
      for (const target of ["api.openai.com", "global", "eu", "gb"])
        expect((await createKey(job, { ...wish, target })).key.target).toBe(target);
      for (const target of ["api.openai.eu", "evil.example.com", "uk", "EU", ""])
        await expect(createKey(job, { ...wish, target }), target).rejects.toMatchObject({
          code: "invalid_input",
        });
    });
  });
});

describe("rotateKey", () => {
  it("makes a key that may do the same, and lets the old one end after the overlap, or at its own end", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const limits = { scopes: ["inference" as const], allowedFrom: ["192.0.2.0/24"], callsPerMinute: 5 };
    const old = await world.as("web", () =>
      createKey(admin, { ...wish, name: "turning", ...limits, expiresAt }),
    );
    const made = await world.as("web", () =>
      rotateKey(admin, { tenant: "bank", keyId: old.key.id, overlapHours: 24 }),
    );
    expect(made.key).toMatchObject({ name: "turning", ...limits, expiresAt: null });
    expect(await authenticate(made.secret)).toMatchObject({ limits: { ...limits, expiresAt: null } });
    expect((await authenticate(old.secret))?.limits.expiresAt).toBe(Date.parse(expiresAt));
    await world.as("web", () => rotateKey(admin, { tenant: "bank", keyId: made.key.id, overlapHours: 0 }));
    expect((await authenticate(made.secret))?.limits.expiresAt).toBeLessThanOrEqual(Date.now());
    await world.as("web", () =>
      expect(rotateKey(admin, { tenant: "bank", keyId: made.key.id, overlapHours: 1 })).rejects.toMatchObject(
        {
          code: "conflict",
        },
      ),
    );
  });

  it("is refused to who may not write keys", async () => {
    await world.as("web", () =>
      expect(
        rotateKey(auditor, { tenant: "bank", keyId: tenant.keyId, overlapHours: 1 }),
      ).rejects.toMatchObject({ code: "forbidden" }),
    );
  });
});
