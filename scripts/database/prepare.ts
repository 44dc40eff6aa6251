import { type EmbeddedPostgres, startEmbeddedPostgres } from "../postgres/embedded.ts";
import { OperatorError } from "../state/operator-error.ts";
import type { Settings } from "../state/settings.ts";
import { withClient } from "./client.ts";
import { type DirectUrls, directUrls, urlVariable } from "./direct-urls.ts";
import { ensureDatabase, ensureOwner } from "./owner.ts";
import { runPrisma } from "./prisma-cli.ts";
import { processRoles, type RoleUrls } from "./process-roles.ts";
import { keptPasswords, provisionRoles } from "./provision-roles.ts";

export const databaseName = "domicile";
const oldestServer = 150_000;

/** `server` is null where the database is elsewhere. */
export type Store = { ownerUrl: string; server: EmbeddedPostgres | null };

/** The embedded server with our database in it, or the one of `DATABASE_URL` looked at. */
export async function openStore(settings: Settings): Promise<Store> {
  if (settings.databaseUrl !== null) {
    await checkServer(settings.directUrl ?? settings.databaseUrl);
    return { ownerUrl: settings.databaseUrl, server: null };
  }
  const server = await startEmbeddedPostgres({ home: settings.home, port: settings.postgresPort });
  try {
    await ensureOwner(server);
    await ensureDatabase(server, databaseName);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ownerUrl: server.ownerUrl(databaseName), server };
}

export async function migrate(settings: Settings, store: Store): Promise<void> {
  const direct = store.server === null ? settings.directUrl : null;
  await runPrisma(["migrate", "deploy"], direct ?? store.ownerUrl);
}

/** Past a pooler, for what hangs on one connection; nobody's before the embedded server. */
export function directRoleUrls(settings: Settings, store: Store, urls: RoleUrls): DirectUrls {
  return store.server === null ? directUrls(urls, settings) : {};
}

/** Each process's own address: the given one, else that of a role made here. */
export async function roleUrls(
  settings: Settings,
  store: Store,
  env: NodeJS.ProcessEnv = process.env,
): Promise<RoleUrls> {
  const given = Object.fromEntries(
    processRoles.map((role) => [role, env[urlVariable(role)] ?? ""]),
  ) as RoleUrls;
  if (processRoles.every((role) => given[role] !== "")) return given;
  const made = await provisionRoles(store.ownerUrl, keptPasswords(settings.home));
  return Object.fromEntries(processRoles.map((role) => [role, given[role] || made[role]])) as RoleUrls;
}

/** No tenant and no person: nothing of anybody's would be mixed with the demo. */
export async function isEmpty(ownerUrl: string): Promise<boolean> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query(
      "select not exists (select from tenant) and not exists (select from person) as empty",
    );
    return rows[0].empty as boolean;
  });
}

async function checkServer(url: string): Promise<void> {
  let version: number;
  try {
    version = await withClient(url, async (client) => {
      const { rows } = await client.query("show server_version_num");
      return Number(rows[0].server_version_num);
    });
  } catch (cause) {
    const { host, pathname } = new URL(url);
    const error = cause as NodeJS.ErrnoException;
    throw new OperatorError(
      `DATABASE_URL cannot be used (${host}${pathname}): ${error.message || error.code}`,
      { cause },
    );
  }
  if (version < oldestServer) throw new OperatorError("DATABASE_URL leads to a PostgreSQL older than 15.");
}
