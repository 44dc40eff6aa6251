import fs from "node:fs";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import { registerBoot } from "../services/boots/register-boot.ts";
import { openIntents } from "../services/calls/open-intents.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { createCredential } from "../services/credentials/create-credential.ts";
import { adoptCatalog } from "../services/deployment/adopt-catalog.ts";
import { attestPin } from "../services/pins/attest-pin.ts";
import { onCluster } from "../testing/cluster.ts";
import {
  callAt,
  createStoreWorld,
  intentOf,
  job,
  type ProcessRole,
  type StoreTenant,
  type StoreWorld,
} from "../testing/store-world.ts";
import { withTenantSql } from "./with-tenant.ts";

let world: StoreWorld;
let a: StoreTenant;
let b: StoreTenant;

/** Every table whose rows belong to a tenant. */
const tenantTables = [
  "application",
  "policy_version",
  "gateway_key",
  "provider_credential",
  "pin",
  "call",
  "attempt",
  "recording_head",
  "dimension_value",
  "claim_set",
  "rollup_hour",
  "rollup_day",
  "finding",
  "finding_counter",
  "finding_event",
  "audit_event",
  "call_intent",
];
const appendOnly = [
  "call",
  "attempt",
  "call_intent",
  "policy_version",
  "catalog_version",
  "pin",
  "dimension_value",
  "claim_set",
  "finding_event",
  "audit_event",
  "system_event",
];
const roles: readonly ProcessRole[] = ["web", "gateway", "worker", "owner"];
const denied = /permission denied|row-level security|is refused|is fixed|set once/;

beforeAll(async () => {
  world = await createStoreWorld();
  a = await world.addTenant("tenant-a");
  b = await world.addTenant("tenant-b");
  for (const tenant of [a, b]) {
    await world.as("web", async () => {
      const credential = await createCredential(job, {
        tenant: tenant.slug,
        label: "project",
        secret: "sk-sim-eu-1234567890",
        projectId: null,
        hosts: ["eu.api.openai.com"],
      });
      await attestPin(job, {
        tenant: tenant.slug,
        credentialId: credential.id,
        kind: "processing",
        region: "eu",
        attestedBy: "M. Roth",
        statement: "Read on the project's settings page.",
      });
    });
    await world.as("gateway", async () => {
      const { bootId } = await registerBoot({ relayCountry: null });
      await openIntents([intentOf(tenant, bootId, 1)]);
      await recordCalls(tenant.id, [callAt(tenant, "2026-11-01T00:00:00.000Z", { host: "api.openai.com" })]);
    });
  }
  await world.as("worker", adoptCatalog);
});
afterAll(() => world.drop());

describe("row security", () => {
  it("is forced on every tenant table, partition and default partition", async () => {
    const rows = await world.sql<{ relname: string }>(
      "owner",
      {},
      `SELECT c.relname FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id'
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1`,
    );
    expect(rows.map(({ relname }) => relname)).toEqual(["membership"]);
  });

  it("is forced on all tables but those that prisma/README.md says stand outside it", async () => {
    const outside = await world.sql<{ relname: string }>(
      "owner",
      {},
      `SELECT relname FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
          AND NOT (relrowsecurity AND relforcerowsecurity)`,
    );
    const [, told = ""] =
      /^- \*\*Outside it\*\* stand ([^.]+)\./m.exec(fs.readFileSync("prisma/README.md", "utf8")) ?? [];
    const named = [...told.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(outside.map(({ relname }) => relname).toSorted());
  });

  it.each(tenantTables)("shows %s of the tenants that are named, and of no other", async (table) => {
    // The web process may not read these whole; it has tests of its own below.
    const readers = roles.filter(
      (role) =>
        !(role === "web" && /credential|gateway_key|intent|dimension/.test(table)) &&
        !(role === "gateway" && /gateway_key|intent|pin$|head/.test(table)) &&
        !(role === "worker" && /credential|gateway_key/.test(table)),
    );
    expect(readers).toContain("owner");
    for (const role of readers) {
      const seen = async (read: string[]) =>
        (
          await world.sql<{ tenant_id: string }>(role, { read }, `SELECT DISTINCT tenant_id FROM ${table}`)
        ).map(({ tenant_id }) => tenant_id);
      expect(await seen([]), `${role} without a tenant`).toEqual([]);
      expect(await seen([a.id]), `${role} with tenant a`).toEqual([a.id]);
      expect(await seen([v7()]), `${role} with a stranger`).toEqual([]);
      expect((await seen([a.id, b.id])).sort(), `${role} with both`).toEqual([a.id, b.id].sort());
    }
  });

  it.each(roles)("lets %s write no row of a tenant that is not the one it writes", async (role) => {
    const scope = { read: [a.id, b.id], write: a.id };
    const writes = [
      `INSERT INTO application (tenant_id, id, name, environment, purpose) VALUES ('${b.id}', '${v7()}', 'x', 'test', '')`,
      `INSERT INTO audit_event (tenant_id, id, actor, actor_id, actor_name, kind, subject, detail) VALUES ('${b.id}', '${v7()}', 'x', 'x', 'x', 'x', 'x', '{}')`,
      `INSERT INTO dimension_value (tenant_id, dimension, value) VALUES ('${b.id}', 'host', 'x')`,
      `INSERT INTO claim_set (tenant_id, id, claims) VALUES ('${b.id}', '${v7()}', '[]')`,
      `INSERT INTO call SELECT * FROM call WHERE tenant_id = '${b.id}'`,
    ];
    for (const text of writes) await expect(world.sql(role, scope, text), text).rejects.toThrow(denied);
    for (const table of ["finding", "recording_head", "rollup_hour"]) {
      const text = `UPDATE ${table} SET ${table === "finding" ? "state = 'acknowledged'" : table === "recording_head" ? "seq = 9" : "calls = 9"} WHERE tenant_id = '${b.id}' RETURNING 1`;
      const touched = await world.sql(role, scope, text).catch((error: Error) => error);
      if (touched instanceof Error) expect(touched.message).toMatch(denied);
      else expect(touched).toEqual([]);
    }
  });

  it.each(roles)("shows %s nothing of a partition by its own name", async (role) => {
    const text = "SELECT count(*)::int AS n FROM call_2026_11";
    const found = await world.sql(role, { read: [a.id, b.id] }, text).catch((error: Error) => error);
    if (found instanceof Error) expect(found.message).toMatch(denied);
    else expect(found).toEqual([{ n: 0 }]);
  });

  it("refuses a scope that holds something else than UUIDs", async () => {
    await world.as("web", async () => {
      const evil = { read: [`${a.id}'; DROP TABLE call; --`], write: null };
      await expect(withTenantSql(evil, async () => 1)).rejects.toThrow(/no UUID/);
    });
  });

  it("forgets the tenants with the transaction", async () => {
    await world.as("web", async () => {
      const count = "SELECT count(*)::int AS n FROM call";
      const inside = await withTenantSql({ read: [a.id], write: null }, (sql) => sql.query(count));
      const outside = await withTenantSql({ read: [], write: null }, (sql) => sql.query(count));
      expect([inside, outside]).toEqual([[{ n: 1 }], [{ n: 0 }]]);
    });
  });
});

describe("privileges", () => {
  it("let the gateway insert intents, and neither see nor change one", async () => {
    const scope = { read: [a.id, b.id], write: a.id };
    for (const text of [
      "SELECT 1 FROM call_intent",
      "DELETE FROM call_intent",
      "UPDATE call_intent SET n = 2",
    ])
      await expect(world.sql("gateway", scope, text), text).rejects.toThrow(/permission denied/);
  });

  it.each(["web", "worker"] as const)("let %s open no intent", async (role) => {
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    await world.as(role, () =>
      expect(openIntents([intentOf(a, bootId, 1)])).rejects.toThrow(/permission denied/),
    );
  });

  it("keep people and sessions from the gateway and the worker", async () => {
    for (const role of ["gateway", "worker"] as const)
      for (const table of ["person", "session", "membership", "login_throttle"])
        await expect(world.sql(role, {}, `SELECT 1 FROM ${table}`), `${role} ${table}`).rejects.toThrow(
          /permission denied/,
        );
  });

  it("keep sealed provider keys and hashes of gateway keys from the web process", async () => {
    const scope = { read: [a.id], write: a.id };
    await expect(world.sql("web", scope, "SELECT sealed FROM provider_credential")).rejects.toThrow(
      /permission denied/,
    );
    await expect(world.sql("web", scope, "SELECT secret_hash FROM gateway_key")).rejects.toThrow(
      /permission denied/,
    );
    await expect(world.sql("worker", scope, "SELECT sealed FROM provider_credential")).rejects.toThrow(
      /permission denied/,
    );
  });

  it("let nobody make a table or leave his role's bounds", async () => {
    for (const role of ["web", "gateway", "worker"] as const) {
      await expect(world.sql(role, {}, "CREATE TABLE mine (x int)"), role).rejects.toThrow(
        /permission denied/,
      );
      await expect(world.sql(role, {}, "ALTER TABLE call DISABLE ROW LEVEL SECURITY"), role).rejects.toThrow(
        /owner/,
      );
    }
    await expect(world.sql("web", {}, "SELECT create_call_months(now(), now())")).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe("append-only", () => {
  it.each(appendOnly)("%s refuses UPDATE, DELETE and TRUNCATE, to the owner, too", async (table) => {
    // On a cluster by privilege alone, which the owner has.
    for (const role of onCluster ? roles.filter((each) => each !== "owner") : roles) {
      const scope = { read: [a.id, b.id], write: a.id };
      const column =
        table === "catalog_version"
          ? "version = version + 1"
          : table === "system_event"
            ? "kind = 'x'"
            : "tenant_id = tenant_id";
      // A statement that finds no row to change would prove nothing, so the rows are there.
      if (role === "owner" && table !== "system_event")
        expect(await world.sql("owner", scope, `SELECT 1 FROM ${table} LIMIT 1`), table).toHaveLength(1);
      for (const text of [`UPDATE ${table} SET ${column}`, `TRUNCATE ${table} CASCADE`])
        if (!(table === "system_event" && text.startsWith("UPDATE")))
          await expect(world.sql(role, scope, text), `${role}: ${text}`).rejects.toThrow(denied);
      const deleted = await world
        .sql(role, scope, `DELETE FROM ${table} RETURNING 1`)
        .catch((error: Error) => error);
      if (deleted instanceof Error) expect(deleted.message).toMatch(denied);
      else expect(deleted, `${role} deletes from ${table}`).toEqual([]);
    }
  });

  it("keeps what is fixed at creation: a tenant's mode, a key's target, a credential's hosts", async () => {
    const scope = { read: [a.id], write: a.id };
    await withClient(world.database.ownerUrl, async (client) => {
      await expect(client.query("UPDATE tenant SET mode = 'live'")).rejects.toThrow(/is fixed/);
      // Only who changes the master key, as the owner, sets it again.
      await client.query(
        "UPDATE deployment SET master_key_fingerprint = 'x'; UPDATE deployment SET master_key_fingerprint = 'y'",
      );
    });
    for (const role of ["web", "gateway", "worker"] as const)
      await expect(
        world.sql(role, {}, "UPDATE deployment SET master_key_fingerprint = 'z'"),
        role,
      ).rejects.toThrow(/is fixed/);
    await expect(
      world.sql("owner", scope, "UPDATE gateway_key SET target = 'api.openai.com'"),
    ).rejects.toThrow(denied);
    await expect(world.sql("owner", scope, "UPDATE provider_credential SET hosts = '{x}'")).rejects.toThrow(
      denied,
    );
  });
});
