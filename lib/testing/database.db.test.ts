import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

describe("createTestDatabase", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each(["web", "gateway", "worker", "signer"] as const)(
    "signs in as a role of its own for %s, in that group and no other",
    async (name) => {
      const row = await withClient(database.urls[name], async (client) => {
        const { rows } = await client.query(
          `select rolsuper, rolcreaterole, rolbypassrls,
                array(select g from unnest(array['web','gateway','worker','signer']) g where pg_has_role('domicile_' || g, 'member')) as groups
           from pg_roles where rolname = current_user`,
        );
        return rows[0];
      });
      expect(row).toEqual({ rolsuper: false, rolcreaterole: false, rolbypassrls: false, groups: [name] });
    },
  );

  it("keeps one database's roles out of another", async () => {
    const other = await createTestDatabase();
    try {
      const foreign = new URL(database.urls.web);
      foreign.pathname = new URL(other.ownerUrl).pathname;
      await expect(withClient(foreign.href, (client) => client.query("select 1"))).rejects.toThrow(
        /permission denied for database/,
      );
    } finally {
      await other.drop();
    }
  });

  it("is dropped without making the owner, as whom another file may be looking, a signer who sees every tenant", async () => {
    const other = await createTestDatabase();
    await withClient(database.ownerUrl, async (client) => {
      const seen: boolean[] = [];
      const look = async () => {
        const { rows } = await client.query(
          "select pg_has_role(current_user, 'domicile_signer', 'usage') as signer",
        );
        seen.push(rows[0].signer);
      };
      let dropped = false;
      const dropping = other.drop().finally(() => {
        dropped = true;
      });
      while (!dropped) await look();
      await dropping;
      expect(seen.length).toBeGreaterThan(2);
      expect(seen).not.toContain(true);
    });
  });
});
