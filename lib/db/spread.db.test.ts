import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerBoot } from "../services/boots/register-boot.ts";
import { openIntents } from "../services/calls/open-intents.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { onCluster } from "../testing/cluster.ts";
import {
  callAt,
  createStoreWorld,
  intentOf,
  type StoreTenant,
  type StoreWorld,
} from "../testing/store-world.ts";
import { isSpread } from "./spread.ts";

const today = new Date().toISOString().slice(0, 10);
const at = (n: number): string =>
  `${today}T00:00:${String(n % 60).padStart(2, "0")}.${String(n).padStart(3, "0")}Z`;

describe("a database", () => {
  let world: StoreWorld;
  let tenants: StoreTenant[];

  beforeAll(async () => {
    world = await createStoreWorld();
    tenants = [await world.addTenant("east"), await world.addTenant("west")];
  });
  afterAll(() => world?.drop());

  const countOf = (tenant: StoreTenant, table: string) =>
    world
      .sql<{ rows: number }>(
        "web",
        { read: [tenant.id] },
        `SELECT count(*)::int AS rows FROM ${table} WHERE tenant_id = $1`,
        [tenant.id],
      )
      .then(([row]) => row?.rows);

  it("says whether it is spread over nodes", async () => {
    expect(await world.as("gateway", () => isSpread())).toBe(onCluster);
  });

  it("takes intents of several tenants together, more than one statement of rows would hold", async () => {
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    const intents = Array.from({ length: 4_000 }, (_, i) =>
      intentOf(tenants[i % 2] as StoreTenant, bootId, Math.floor(i / 2) + 1),
    );
    await world.as("gateway", () => openIntents(intents));
    for (const { id } of tenants)
      expect(
        await world.sql(
          "worker",
          { read: [id] },
          "SELECT count(*)::int AS n FROM call_intent WHERE boot_id = $1",
          [bootId],
        ),
      ).toEqual([{ n: 2_000 }]);
  });

  describe.skipIf(!onCluster)("spread over the nodes of a Citus cluster (CITUS_URL)", () => {
    it("has all rows of a tenant on one node, in a log that is whole", async () => {
      for (const tenant of tenants) {
        const calls = Array.from({ length: 600 }, (_, n) => callAt(tenant, at(n)));
        const done = await world.as("gateway", () => recordCalls(tenant.id, calls));
        expect(new Set(done.map(({ outcome }) => outcome))).toEqual(new Set(["recorded"]));
        expect(await countOf(tenant, "call")).toBe(600);
        const entries = await countOf(tenant, "ledger_entry");
        expect(await countOf(tenant, "ledger_body")).toBe(entries);
        expect(
          await world.sql(
            "web",
            { read: [tenant.id] },
            "SELECT max(end_index)::int AS size FROM ledger_batch WHERE tenant_id = $1",
            [tenant.id],
          ),
        ).toEqual([{ size: entries }]);
        const nodes = await world.sql<{ node: string }>(
          "owner",
          {},
          `SELECT DISTINCT p.groupid AS node FROM pg_dist_partition t
             JOIN pg_dist_placement p ON p.shardid = get_shard_id_for_distribution_column(t.logicalrelid, $1::uuid)
            WHERE t.partmethod = 'h'`,
          [tenant.id],
        );
        expect(nodes).toHaveLength(1);
      }
    });

    it("holds its row security on the nodes, for the owner, too", async () => {
      const [east, west] = tenants as [StoreTenant, StoreTenant];
      for (const role of ["web", "gateway", "worker", "owner"] as const) {
        const seen = await world.sql<{ tenant: string }>(
          role,
          { read: [east.id] },
          "SELECT DISTINCT tenant_id AS tenant FROM call",
        );
        expect(seen, role).toEqual([{ tenant: east.id }]);
        expect(await world.sql(role, {}, "SELECT tenant_id FROM call LIMIT 1"), role).toEqual([]);
      }
      await expect(
        world.sql(
          "gateway",
          { read: [west.id], write: west.id },
          "INSERT INTO dimension_value (tenant_id, dimension, value) VALUES ($1, 'host', 'x')",
          [east.id],
        ),
      ).rejects.toThrow(/row-level security/);
    });

    it("refuses every process a change of what is recorded, by privilege", async () => {
      const [east] = tenants as [StoreTenant];
      for (const role of ["web", "gateway", "worker", "signer"] as const)
        for (const statement of [
          "DELETE FROM call",
          "UPDATE attempt SET verdict = 'compliant'",
          "DELETE FROM ledger_body",
          "UPDATE ledger_entry SET type = 'event'",
          "TRUNCATE call",
        ])
          await expect(
            world.sql(role, { read: [east.id], write: east.id }, statement),
            `${role}: ${statement}`,
          ).rejects.toThrow(/permission denied/);
    });
  });
});
