import { readServerSettings, type ServerSettings } from "../../db/server-settings.ts";
import { allowsLossyDatabase } from "../../env/database-settings.ts";
import { log } from "../../log.ts";

/** The database, or the role this process has in it, cannot keep what we promise. Printed as it stands. */
export class UnfitDatabase extends Error {
  override readonly name = "OperatorError";
}

/**
 * Call at the start of a process that writes evidence: a server that may lose what it acknowledged, or a role that row
 * security does not bind, would make our promises false without anybody noticing.
 */
export async function checkDatabase(): Promise<void> {
  const settings = await readServerSettings();
  const [role] = roleProblems(settings);
  if (role !== undefined) throw new UnfitDatabase(role);
  const [lossy] = durabilityProblems(settings);
  if (lossy === undefined) return;
  if (!allowsLossyDatabase()) throw new UnfitDatabase(lossy);
  log.warn(lossy);
}

/** What of the server would lose an acknowledged write. */
export function durabilityProblems(settings: ServerSettings): string[] {
  const { version, fsync, fullPageWrites, synchronousCommit } = settings;
  const words = (setting: string, is: string) =>
    `The database runs with ${setting} = ${is}: it could lose calls it has acknowledged. Set ${setting} = on and start again.`;
  return [
    ...(version < 150_000 ? ["The database is older than PostgreSQL 15."] : []),
    ...(fsync === "on" ? [] : [words("fsync", fsync)]),
    ...(fullPageWrites === "on" ? [] : [words("full_page_writes", fullPageWrites)]),
    ...(synchronousCommit === "off" ? [words("synchronous_commit", synchronousCommit)] : []),
  ];
}

/** What of the role would make row security void. */
export function roleProblems({ role, superuser, bypassesRowSecurity }: ServerSettings): string[] {
  const words = (what: string) =>
    `The database role ${role} of this process ${what}: row security does not bind it. Give the process the role made for ` +
    "it (docs/database.md, Roles).";
  return [
    ...(superuser ? [words("is a superuser")] : []),
    ...(bypassesRowSecurity ? [words("has BYPASSRLS")] : []),
  ];
}
