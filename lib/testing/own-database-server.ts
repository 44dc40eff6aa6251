import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { quoteIdentifier, withClient } from "../../scripts/database/client.ts";
import { ensureDatabase, ensureOwner } from "../../scripts/database/owner.ts";
import { runPrisma } from "../../scripts/database/prisma-cli.ts";
import { provisionRoles } from "../../scripts/database/provision-roles.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../scripts/postgres/embedded.ts";
import { isAlive } from "../../scripts/postgres/postmaster.ts";
import { newPassword } from "../../scripts/state/secrets.ts";
import type { TestDatabase } from "./database.ts";
import { copyFolder, templateName } from "./database-server.ts";

export type OwnDatabaseServer = {
  readonly database: TestDatabase;
  /** No privilege and no trigger stops this one. */
  readonly superuserUrl: string;
  /** Of the server's first process; the others are its children. */
  pid(): number;
  /** Immediate shutdown: no checkpoint, every session cut. The next start recovers from the log. */
  crash(): Promise<void>;
  /** On the same port. */
  restart(): Promise<void>;
};

/** A PostgreSQL server of the test's own, for tests that break it; with durable commits where they cut its power. */
export async function startOwnDatabaseServer({
  durable = true,
  settings = { fsync: "off" },
}: {
  durable?: boolean;
  /** Of a server that is not durable. */
  settings?: Record<string, string>;
} = {}): Promise<OwnDatabaseServer> {
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-crash-"));
  fs.chmodSync(parent, 0o755);
  const home = path.join(parent, "home");
  // To make and migrate one takes seconds of processor time, and to copy one next to none.
  const copied = process.env.TEST_DATABASE_HOME;
  if (copied) copyFolder(copied, home);
  let server: EmbeddedPostgres = await startEmbeddedPostgres(
    durable ? { home } : { home, throwaway: true, settings },
  );
  const { port } = server;
  await ensureOwner(server);
  const ownerUrl = server.ownerUrl("domicile");
  if (copied)
    await withClient(server.ownerUrl("postgres"), (client) =>
      client.query(`alter database ${quoteIdentifier(templateName)} rename to domicile`),
    );
  else {
    await ensureDatabase(server, "domicile");
    await runPrisma(["migrate", "deploy"], ownerUrl);
  }
  const urls = await provisionRoles(ownerUrl, newPassword);
  return {
    superuserUrl: server.superuserUrl("domicile"),
    pid: () => server.pid,
    database: {
      ownerUrl,
      urls,
      drop: async () => {
        await server.stop();
        fs.rmSync(parent, { recursive: true, force: true });
        fs.rmSync(path.dirname(server.dataDir), { recursive: true, force: true });
      },
    },
    async crash() {
      process.kill(server.pid, "SIGQUIT");
      while (isAlive(server.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async restart() {
      server = await startEmbeddedPostgres({ home, port });
    },
  };
}
