import { afterAll, beforeAll, expect, it } from "vitest";
import { recordCalls } from "../services/calls/record-calls.ts";
import { itOnOneServer } from "../testing/cluster.ts";
import { explaining } from "../testing/explaining.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { facetRows } from "./rollup-read.ts";
import { readTenantsSql, type SqlTransaction } from "./with-tenant.ts";

let world: StoreWorld;
let bank: StoreTenant;
const span = { from: new Date("2026-11-20T00:00:00.000Z"), to: new Date("2026-11-22T10:00:00.000Z") };

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  await world.as("gateway", () =>
    recordCalls(
      bank.id,
      ["2026-11-20T08:00:00.000Z", "2026-11-21T12:00:00.000Z", "2026-11-22T09:30:00.000Z"].map((at) =>
        callAt(bank, at, { source: "intake" }),
      ),
    ),
  );
});
afterAll(() => world.drop());

const read = <T>(fn: (sql: SqlTransaction) => Promise<T>) =>
  world.as("web", () => readTenantsSql([bank.id], fn));
const since = () => [{ tenantId: bank.id, since: null }];

it("counts what facets are made of once, and leaves the transaction's settings as they were", async () => {
  const { rows, sort } = await read(async (sql) => ({
    rows: await facetRows(sql, since(), span),
    sort: await sql.query<{ enable_sort: string }>("SHOW enable_sort"),
  }));
  expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(3);
  expect(sort).toEqual([{ enable_sort: "on" }]);
});

itOnOneServer("groups by hashes: sorting by ten texts takes three times as long", async () => {
  const plans = await read(async (sql) => {
    const explained = explaining(sql);
    await facetRows(explained.sql, since(), span);
    return explained.plans;
  });
  expect(plans).toEqual([expect.stringMatching(/^HashAggregate/)]);
});
