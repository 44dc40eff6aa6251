import { execFileSync } from "node:child_process";
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
  const { environment, stop } = cluster ? await onCluster(cluster) : await startTestServer();
  Object.assign(process.env, environment);
  return async () => {
    for (const name of Object.keys(environment)) delete process.env[name];
    await stop();
  };
}

async function onCluster(address: string): Promise<TestServer> {
  const { url, stop } = await startCitusTemplate(address);
  return { environment: { TEST_DATABASE_URL: url }, stop };
}

type TestServer = {
  /** What tests find it by. */
  readonly environment: { readonly TEST_DATABASE_URL: string; readonly TEST_DATABASE_HOME?: string };
  stop(): Promise<void>;
};

export const templateName = "domicile_template";

/**
 * A server in a temporary folder, with the template migrated by the real `prisma migrate deploy`. A copy of the folder,
 * made while the server stood still, is what tests that need a server of their own begin with: `TEST_DATABASE_HOME`.
 */
export async function startTestServer(): Promise<TestServer> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-test-"));
  fs.chmodSync(home, 0o755);
  const copy = `${home}-copy`;
  const start = () => startEmbeddedPostgres({ home, throwaway: true, settings: { fsync: "off" } });
  let server = await start();
  const stop = async (): Promise<void> => {
    await server.stop();
    for (const folder of [home, copy, path.dirname(server.dataDir)])
      fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ensureOwner(server);
    await withClient(server.ownerUrl("postgres"), (client) =>
      client.query(`create database ${quoteIdentifier(templateName)}`),
    );
    await runPrisma(["migrate", "deploy"], server.ownerUrl(templateName));
    // Where the server's user cannot enter the folder, its files lie elsewhere.
    const isInside = server.dataDir.startsWith(home);
    if (isInside) {
      await server.stop();
      copyFolder(home, copy);
      server = await start();
    }
    const environment = { TEST_DATABASE_URL: server.ownerUrl(templateName) };
    return { environment: isInside ? { ...environment, TEST_DATABASE_HOME: copy } : environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** With the owner of each file, who is not always ourselves. */
export function copyFolder(from: string, to: string): void {
  execFileSync("cp", ["-a", from, to]);
}
