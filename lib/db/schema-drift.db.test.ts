import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPrisma } from "../../scripts/database/prisma-cli.ts";
import { itOnOneServer } from "../testing/cluster.ts";
import { createStoreWorld, type StoreWorld } from "../testing/store-world.ts";

let world: StoreWorld;
beforeAll(async () => {
  world = await createStoreWorld();
});
afterAll(() => world.drop());

describe("the schema", () => {
  itOnOneServer(
    "is what the migrations make: no drift",
    async () => {
      const answer = await runPrisma(
        ["migrate", "diff", "--from-config-datasource", "--to-schema", "prisma/schema", "--exit-code"],
        world.database.ownerUrl,
      );
      expect(answer).toContain("No difference detected");
    },
    60_000,
  );

  it("has tenant_id first in every key of a tenant table, and in every foreign key between them", async () => {
    const wrong = await world.sql(
      "owner",
      {},
      `SELECT k.conname FROM pg_constraint k
         JOIN pg_class t ON t.oid = k.conrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'tenant_id'
         JOIN pg_class r ON r.oid = coalesce(nullif(k.confrelid, 0), k.conrelid)
        WHERE t.relnamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'f') AND k.conkey[1] <> a.attnum
          AND NOT (k.contype = 'f' AND r.relname = 'person')`,
    );
    expect(wrong).toEqual([]);
  });

  it("makes months within bounds only, once", async () => {
    const make = (from: string, until: string) =>
      world.sql<{ made: number }>("worker", {}, "SELECT create_call_months($1, $2) AS made", [from, until]);
    expect(await make("2025-05-31T23:59:59Z", "2025-07-01T00:00:00Z")).toEqual([{ made: 2 }]);
    expect(await make("2025-05-01T00:00:00Z", "2025-07-01T00:00:00Z")).toEqual([{ made: 0 }]);
    await expect(make("1999-01-01T00:00:00Z", "1999-02-01T00:00:00Z")).rejects.toThrow(/no month/);
    await expect(make("2026-01-01T00:00:00Z", "2126-02-01T00:00:00Z")).rejects.toThrow(/no month/);
  });
});
