import { OperatorError } from "../state/operator-error.ts";
import { newPassword, updateSecrets } from "../state/secrets.ts";
import { quoteIdentifier, quoteLiteral, withClient } from "./client.ts";
import { loginRole, processRoles, type RoleUrls, withCredentials } from "./process-roles.ts";

/**
 * Gives each process a login role of its own in this database and returns the addresses.
 *
 * The migrations grant to the fixed groups `domicile_web|gateway|worker|signer`; each login role is a member of
 * its group and has no privilege of its own. `passwordOf` is asked for a role's password, and whatever it
 * answers is set, so that a lost or foreign `secrets.json` mends itself. The owner needs CREATEROLE.
 */
export async function provisionRoles(
  ownerUrl: string,
  passwordOf: (role: string) => string,
): Promise<RoleUrls> {
  const database = decodeURIComponent(new URL(ownerUrl).pathname.slice(1));
  const urls = {} as RoleUrls;
  try {
    await withClient(ownerUrl, async (client) => {
      await client.query("begin");
      // Two starts at once would otherwise make the same role twice.
      await client.query("select pg_advisory_xact_lock(727073690)");
      for (const process of processRoles) {
        const role = loginRole(database, process);
        const password = passwordOf(role);
        await ensureLogin(role, password, (sql, values) => client.query(sql, values));
        await client.query(`grant ${quoteIdentifier(`domicile_${process}`)} to ${quoteIdentifier(role)}`);
        await client.query(
          `grant connect on database ${quoteIdentifier(database)} to ${quoteIdentifier(role)}`,
        );
        urls[process] = withCredentials(ownerUrl, role, password);
      }
      await client.query(`revoke connect on database ${quoteIdentifier(database)} from public`);
      await client.query("commit");
    });
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw new OperatorError(
      `The roles of the processes could not be set up in ${database}: ${(cause as Error).message}. The user of DATABASE_URL ` +
        "must own the database and needs CREATEROLE, and the admin option on the groups where another user made them " +
        "(docs/database.md, Roles).",
      { cause },
    );
  }
  return urls;
}

/** Keeps the passwords in `DOMICILE_HOME/secrets.json`. */
export function keptPasswords(home: string): (role: string) => string {
  return (role) => {
    const secrets = updateSecrets(home, (all) => {
      all.roles ??= {};
      all.roles[role] ??= newPassword();
    });
    return secrets.roles?.[role] as string;
  };
}

type Query = (sql: string, values?: unknown[]) => Promise<{ rowCount: number | null }>;

async function ensureLogin(role: string, password: string, query: Query): Promise<void> {
  const found = await query("select 1 from pg_roles where rolname = $1", [role]);
  const verb = found.rowCount ? "alter" : "create";
  await query(`${verb} role ${quoteIdentifier(role)} login password ${quoteLiteral(password)}`);
}
