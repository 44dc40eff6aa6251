import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { quoteIdentifier, withClient } from "../../scripts/database/client.ts";
import { ensureDatabase, ensureOwner } from "../../scripts/database/owner.ts";
import { runPrisma } from "../../scripts/database/prisma-cli.ts";
import { startEmbeddedPostgres } from "../../scripts/postgres/embedded.ts";

/**
 * Global setup of the tests that need PostgreSQL: a server of their own in a temporary folder, and in it the
 * template, migrated once by the real `prisma migrate deploy`. `TEST_DATABASE_URL` is the template's address;
 * where it is set already, that server is used and only the template is made.
 */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    await migrate(given);
    return async () => {};
  }
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-test-"));
  fs.chmodSync(home, 0o755);
  const server = await startEmbeddedPostgres({ home, throwaway: true, settings: { fsync: "off" } });
  const stop = async (): Promise<void> => {
    delete process.env.TEST_DATABASE_URL;
    await server.stop();
    fs.rmSync(home, { recursive: true, force: true });
    fs.rmSync(path.dirname(server.dataDir), { recursive: true, force: true });
  };
  try {
    await ensureOwner(server);
    await ensureDatabase(server, "domicile_template");
    const url = server.ownerUrl("domicile_template");
    await migrate(url);
    process.env.TEST_DATABASE_URL = url;
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function migrate(url: string): Promise<void> {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  await withClient(maintenance.href, async (client) => {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (!found.rowCount) await client.query(`create database ${quoteIdentifier(database)}`);
  });
  await runPrisma(["migrate", "deploy"], url);
}
