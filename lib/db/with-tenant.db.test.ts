import { afterAll, beforeAll, expect, it } from "vitest";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { takeIntakeKeys } from "./intake-key.ts";
import { lockRecording } from "./recording-head.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "./with-tenant.ts";

let world: StoreWorld;
let tenant: StoreTenant;
beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("turns");
});
afterAll(() => world.drop());

const inTransaction = <T>(fn: (sql: SqlTransaction) => Promise<T>) =>
  world.as("gateway", () => withTenantSql(tenantScope(tenant.id), fn));

const digest = new Uint8Array(32);
const keep = (sql: SqlTransaction, clientId: string) =>
  takeIntakeKeys(sql, tenant.id, [{ clientId, digest, callId: null }]);

async function kept(): Promise<string[]> {
  const rows = await inTransaction((sql) =>
    sql.query<{ clientId: string }>(
      `SELECT client_id AS "clientId" FROM intake_key WHERE tenant_id = $1 ORDER BY 1`,
      [tenant.id],
    ),
  );
  return rows.map(({ clientId }) => clientId);
}

it("sends statements that nobody waited for in the order in which they were asked for, and commits behind them", async () => {
  const answers: number[] = [];
  await inTransaction(async (sql) => {
    for (const n of [1, 2, 3])
      void sql
        .query<{ n: number }>("SELECT $1::int AS n, pg_sleep($2)", [n, 0.02 * (3 - n)])
        .then(([row]) => answers.push(row?.n ?? 0));
    await lockRecording(sql, tenant.id);
    void keep(sql, "late");
  });
  expect(answers).toEqual([1, 2, 3]);
  expect(await kept()).toEqual(["late"]);
});

it("commits nothing where a statement failed that nobody waited for, and sends none behind it", async () => {
  const behind: unknown[] = [];
  await expect(
    inTransaction(async (sql) => {
      await lockRecording(sql, tenant.id);
      await keep(sql, "before");
      void sql.query("SELECT 1 / 0").catch(() => undefined);
      void sql.query("SELECT 1").then(
        () => behind.push("answered"),
        (error: Error) => behind.push(error.message),
      );
    }),
  ).rejects.toThrow("division by zero");
  // Of the server, one that is sent there would say that the transaction is aborted.
  expect(behind).toEqual(["division by zero"]);
  expect(await kept()).not.toContain("before");
});

it("takes everything back where its own work fails while a statement is under way", async () => {
  await expect(
    inTransaction(async (sql) => {
      await lockRecording(sql, tenant.id);
      await keep(sql, "undone");
      void sql.query("SELECT pg_sleep(0.05)");
      throw new Error("No more of it.");
    }),
  ).rejects.toThrow("No more of it.");
  expect(await kept()).not.toContain("undone");
});

it("takes no statement once its work has failed, also from work that goes on", async () => {
  let later: Promise<unknown> = Promise.resolve();
  await expect(
    inTransaction(async (sql) => {
      later = sql.query("SELECT pg_sleep(0.05)").then(() => sql.query("SELECT 1"));
      later.catch(() => undefined);
      throw new Error("No more of it.");
    }),
  ).rejects.toThrow("No more of it.");
  await expect(later).rejects.toThrow("The transaction has ended.");
});
