import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leafHash } from "../core/ledger/tree.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { itOnOneServer } from "../testing/cluster.ts";
import { explaining } from "../testing/explaining.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { findEntryBytes, readEntries } from "./ledger-proof.ts";
import { readTenantsSql, type SqlTransaction } from "./with-tenant.ts";

let world: StoreWorld;
let bank: StoreTenant;
const places = 302;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  for (const size of [1, 3, 296])
    await world.as("gateway", () =>
      recordCalls(
        bank.id,
        Array.from({ length: size }, () => callAt(bank, "2026-11-21T12:00:00.000Z", { source: "intake" })),
      ),
    );
});
afterAll(() => world.drop());

const read = <T>(fn: (sql: SqlTransaction) => Promise<T>) =>
  world.as("web", () => readTenantsSql([bank.id], fn));
const log = () => ({ tenantId: bank.id, epoch: 1 });

describe("the bytes of entries", () => {
  it("are found for each place alone and for many together, and are those that were hashed", async () => {
    const leaves = await world.sql<{ index: number; leaf: Buffer }>(
      "web",
      { read: [bank.id] },
      "SELECT index::int, leaf_hash AS leaf FROM ledger_entry ORDER BY index",
    );
    expect(leaves.length).toBeGreaterThanOrEqual(places);
    const indexes = leaves.map(({ index }) => index);
    const many = await read(async (sql) => {
      const found = new Map<number, Uint8Array>();
      for await (const { index, bytes } of readEntries(sql, log(), indexes)) found.set(index, bytes);
      return found;
    });
    expect([...many.keys()]).toEqual(indexes);
    for (const { index, leaf } of leaves)
      expect(leaf.equals(leafHash(nodeCrypto, many.get(index) ?? new Uint8Array())), `${index}`).toBe(true);
    for (const index of [0, 1, 2, 5, 63, 64, 65, places - 1])
      expect(await read((sql) => findEntryBytes(sql, log(), index))).toEqual(many.get(index));
    expect(await read((sql) => findEntryBytes(sql, log(), 10_000))).toBeNull();
  });

  itOnOneServer("are looked for between two bounds of the key, whatever else the month holds", async () => {
    const plans = await read(async (sql) => {
      const explained = explaining(sql);
      await sql.query("SET LOCAL enable_seqscan = off");
      await findEntryBytes(explained.sql, log(), 200);
      return explained.plans;
    });
    const conditions = plans.join("\n").match(/Index Cond: .*/g) ?? [];
    const ofBodies = conditions.filter((each) => each.includes("index >"));
    expect(ofBodies.length, plans.join("\n")).toBeGreaterThan(0);
    for (const each of ofBodies) expect(each).toMatch(/index > '136'::bigint.*index <= '200'::bigint/);
  });
});
