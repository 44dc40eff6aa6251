import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import { systemLogId } from "../core/ledger/system-log.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { itOnOneServer, onCluster } from "../testing/cluster.ts";
import {
  callAt,
  createStoreWorld,
  type ProcessRole,
  type StoreTenant,
  type StoreWorld,
} from "../testing/store-world.ts";
import { insertLedgerBatch } from "./ledger-batch.ts";
import { readLedgerHead } from "./ledger-log.ts";
import { tenantScope, withTenantSql } from "./with-tenant.ts";

let world: StoreWorld;
let a: StoreTenant;
let b: StoreTenant;

const roles: readonly ProcessRole[] = ["web", "gateway", "worker", "signer", "owner"];
const written = [
  "ledger_log",
  "ledger_batch",
  "ledger_entry",
  "ledger_body",
  "ledger_tile",
  "ledger_opening",
];
const signed = ["ledger_checkpoint", "signer_statement", "signer_statement_entry"];
const denied = /permission denied|row-level security|is refused/;

beforeAll(async () => {
  world = await createStoreWorld();
  a = await world.addTenant("tenant-a");
  b = await world.addTenant("tenant-b");
  for (const tenant of [a, b]) {
    await world.as("gateway", () => recordCalls(tenant.id, [callAt(tenant, "2026-11-01T00:00:00.000Z")]));
    await world.as("gateway", () => fillTile(tenant.id));
    const values = `'${tenant.id}', now(), '${v7()}', 1, 'started', NULL, 'It began.', '{}'`;
    await world.sql("signer", {}, `INSERT INTO signer_statement VALUES (${values})`);
    await world.sql(
      "signer",
      {},
      `INSERT INTO ledger_checkpoint VALUES ('${tenant.id}', 1, 0, now(), ${hash}, 'note')`,
    );
    const scope = { read: [tenant.id], write: tenant.id };
    await world.sql(
      "worker",
      scope,
      `INSERT INTO signer_statement_entry VALUES ('${tenant.id}', '${v7()}', 1, 1)`,
    );
  }
  await world.sql("signer", {}, "INSERT INTO ledger_trust_root VALUES (1, now(), '{}')");
});
afterAll(() => world.drop());

const hash = "decode(repeat('00', 32), 'hex')";

/** A batch whose tile nobody looks at: here it is who may write and change that is looked at. */
async function fillTile(tenantId: string): Promise<void> {
  const zeros = (bytes: number) => Buffer.alloc(bytes);
  await withTenantSql(tenantScope(tenantId), async (sql) => {
    const head = await readLedgerHead(sql, tenantId, 1);
    if (!head) throw new Error("The log was not opened.");
    const bits = (head.size + 1).toString(2).replaceAll("0", "").length;
    await insertLedgerBatch(sql, {
      tenantId,
      epoch: 1,
      firstIndex: head.size,
      root: zeros(32),
      frontier: zeros(32 * bits),
      appendedAt: new Date(),
      entries: [{ type: "event", leafHash: zeros(32), bytes: Buffer.from("{}") }],
      openings: [],
      tiles: [{ level: 0, n: 0, hashes: zeros(8192), root: zeros(32) }],
    });
  });
}

describe("2.17 roles: the ledger", () => {
  it.each([...written, ...signed, "ledger_trust_root"])(
    "%s refuses UPDATE, DELETE and TRUNCATE to every role, and to the owner",
    async (table) => {
      // On a cluster by privilege alone, which the owner has.
      for (const role of onCluster ? roles.filter((each) => each !== "owner") : roles) {
        const scope = { read: [a.id], write: a.id };
        // A statement that finds no row to change would prove nothing, so the rows are there.
        if (role === "owner")
          expect(await world.sql(role, scope, `SELECT 1 FROM ${table} LIMIT 1`), table).toHaveLength(1);
        const column = table === "ledger_trust_root" ? "version" : "tenant_id";
        for (const text of [`TRUNCATE ${table} CASCADE`])
          await expect(world.sql(role, scope, text), `${role}: ${text}`).rejects.toThrow(denied);
        for (const text of [
          `UPDATE ${table} SET ${column} = ${column} RETURNING 1`,
          `DELETE FROM ${table} RETURNING 1`,
        ]) {
          const touched = await world.sql(role, scope, text).catch((error: Error) => error);
          // Row security may leave the owner nothing to change; then nothing was.
          if (touched instanceof Error) expect(touched.message, `${role}: ${text}`).toMatch(denied);
          else expect(touched, `${role}: ${text}`).toEqual([]);
        }
      }
    },
  );

  itOnOneServer("refuses the owner by trigger, also where no row security stands before it", async () => {
    await withClient(world.database.ownerUrl, async (client) => {
      await client.query("BEGIN");
      for (const table of [...written, ...signed])
        await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      for (const table of [...written, ...signed])
        for (const text of [`UPDATE ${table} SET tenant_id = tenant_id`, `DELETE FROM ${table}`]) {
          await client.query("SAVEPOINT before");
          await expect(client.query(text), text).rejects.toThrow(/is refused: its rows are never changed/);
          await client.query("ROLLBACK TO before");
        }
      await client.query("ROLLBACK");
    });
  });

  itOnOneServer("lets no partition be emptied by its own name, and shows nothing of it", async () => {
    const parts = await world.sql<{ name: string }>(
      "owner",
      {},
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent::regclass::text IN ('ledger_body', 'ledger_opening')",
    );
    expect(parts.length).toBeGreaterThan(30);
    const month = new Date().toISOString().slice(0, 7).replace("-", "_");
    expect(parts.map(({ name }) => name)).toContain(`ledger_body_${month}`);
    for (const { name } of parts)
      await expect(world.sql("owner", {}, `TRUNCATE ${name}`), name).rejects.toThrow(/is refused/);
    for (const role of roles) {
      const found = await world
        .sql(role, { read: [a.id] }, `SELECT count(*)::int AS n FROM ledger_body_${month}`)
        .catch((error: Error) => error);
      if (found instanceof Error) expect(found.message).toMatch(denied);
      else expect(found).toEqual([{ n: 0 }]);
    }
    for (const table of ["ledger_body_default", "ledger_opening_default"])
      expect(
        await withClient(world.database.ownerUrl, async (client) => {
          await client.query(`BEGIN; ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
          const { rows } = await client.query(`SELECT count(*)::int AS n FROM ${table}`);
          await client.query("ROLLBACK");
          return rows;
        }),
      ).toEqual([{ n: 0 }]);
  });

  it.each([...written, ...signed])(
    "shows %s of the tenants that are named, and of no other",
    async (table) => {
      const readers = roles.filter(
        (role) =>
          role !== "signer" && !(role === "gateway" && /body|opening|checkpoint|statement/.test(table)),
      );
      for (const role of readers) {
        const seen = async (read: string[]) =>
          (
            await world.sql<{ tenant_id: string }>(role, { read }, `SELECT DISTINCT tenant_id FROM ${table}`)
          ).map(({ tenant_id }) => tenant_id);
        expect(await seen([]), `${role} without a tenant`).toEqual([]);
        expect(await seen([a.id]), `${role} with tenant a`).toEqual([a.id]);
        expect((await seen([a.id, b.id])).sort(), `${role} with both`).toEqual([a.id, b.id].sort());
      }
    },
  );

  it("lets nobody append to a log that is not the one he writes", async () => {
    for (const role of ["web", "gateway", "worker"] as const)
      for (const text of [
        `INSERT INTO ledger_log VALUES ('${b.id}', 2, 'domicile.ledger/${"a".repeat(26)}/e2', now())`,
        `INSERT INTO ledger_entry VALUES ('${b.id}', 1, 99, 100, 'event', ${hash}, now())`,
        `INSERT INTO ledger_body VALUES ('${b.id}', 1, 99, now(), '{}')`,
        `INSERT INTO ledger_opening VALUES ('${b.id}', 1, 99, 'x', now(), NULL, 'x')`,
      ])
        await expect(
          world.sql(role, { read: [a.id, b.id], write: a.id }, text),
          `${role}: ${text}`,
        ).rejects.toThrow(/row-level security/);
  });

  it("lets the web process lock a log's head, and neither move nor take it", async () => {
    const scope = { read: [a.id, b.id], write: a.id };
    const lock = "SELECT 1 FROM recording_head WHERE tenant_id = $1 FOR UPDATE";
    expect(await world.sql("web", scope, lock, [a.id])).toHaveLength(1);
    await expect(world.sql("web", scope, "UPDATE recording_head SET seq = 9")).rejects.toThrow(denied);
    await expect(world.sql("web", scope, "UPDATE recording_head SET tenant_id = $1", [v7()])).rejects.toThrow(
      onCluster ? /modifying the partition value/ : /row-level security/,
    );
  });
});

describe("2.17 roles: the signer", () => {
  it("reads every log without being told a tenant, the deployment's own as well", async () => {
    await world.addPerson("anna", { "tenant-a": "admin" });
    for (const table of ["ledger_log", "ledger_batch", "ledger_entry", "ledger_body"]) {
      const rows = await world.sql<{ id: string }>(
        "signer",
        {},
        `SELECT DISTINCT tenant_id AS id FROM ${table}`,
      );
      expect(rows.map(({ id }) => id).sort(), table).toEqual([systemLogId, a.id, b.id].sort());
    }
  });

  it("writes nothing that it signs", async () => {
    for (const table of [...written, "signer_statement_entry"])
      await expect(
        world.sql("signer", { read: [a.id], write: a.id }, `INSERT INTO ${table} SELECT * FROM ${table}`),
        table,
      ).rejects.toThrow(/permission denied/);
  });

  it("sees no other table but what it is asked to sign for packs", async () => {
    const tables = await world.sql<{ name: string }>(
      "owner",
      {},
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND relname !~ '^(ledger_|signer_|pack_signature|_prisma)'`,
    );
    expect(tables.length).toBeGreaterThan(30);
    for (const { name } of tables)
      await expect(world.sql("signer", {}, `SELECT 1 FROM ${name} LIMIT 1`), name).rejects.toThrow(
        /permission denied/,
      );
  });

  it("alone writes checkpoints and trust roots; only the worker and it make statements", async () => {
    const scope = { read: [a.id], write: a.id };
    for (const role of ["web", "gateway", "worker"] as const) {
      for (const table of ["ledger_checkpoint", "ledger_trust_root"])
        await expect(
          world.sql(role, scope, `INSERT INTO ${table} SELECT * FROM ${table}`),
          `${role} ${table}`,
        ).rejects.toThrow(/permission denied/);
      const values = `'${a.id}', now(), '${v7()}', 1, 'fsck_finished', NULL, 'Whole.', '{}'`;
      const said = world.sql(role, scope, `INSERT INTO signer_statement VALUES (${values})`);
      if (role === "worker") await said;
      else await expect(said, role).rejects.toThrow(/permission denied/);
    }
  });
});
