import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { quoteIdentifier, withClient } from "../../scripts/database/client.ts";
import { ensureOwner } from "../../scripts/database/owner.ts";
import { runPrisma } from "../../scripts/database/prisma-cli.ts";
import { startEmbeddedPostgres } from "../../scripts/postgres/embedded.ts";
import { startCitusTemplate } from "./citus-server.ts";

/**
 * Global setup of the tests that need PostgreSQL. `TEST_DATABASE_URL` is the owner's address of the template, a
 * migrated database that every test file copies; where nobody set it, a server is started for this run. With `CITUS_URL`
 * the databases lie on that cluster, their large tables spread by tenant (`citus-server.ts`).
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) return async () => undefined;
  const cluster = process.env.CITUS_URL;
  const { url, stop } = await (cluster ? startCitusTemplate(cluster) : startTestServer());
  process.env.TEST_DATABASE_URL = url;
  return async () => {
    delete process.env.TEST_DATABASE_URL;
    await stop();
  };
}

/** A server in a temporary folder, with the template migrated by the real `prisma migrate deploy`. */
export async function startTestServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-test-"));
  fs.chmodSync(home, 0o755);
  const server = await startEmbeddedPostgres({ home, throwaway: true, settings: { fsync: "off" } });
  const stop = async (): Promise<void> => {
    await server.stop();
    for (const folder of [home, path.dirname(server.dataDir)])
      fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ensureOwner(server);
    const url = server.ownerUrl("domicile_template");
    await withClient(server.ownerUrl("postgres"), (client) =>
      client.query(`create database ${quoteIdentifier("domicile_template")}`),
    );
    await runPrisma(["migrate", "deploy"], url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
