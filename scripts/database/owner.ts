import type { EmbeddedPostgres } from "../postgres/embedded.ts";
import { ownerRole } from "../postgres/embedded.ts";
import { quoteIdentifier, quoteLiteral, withClient } from "./client.ts";

/** The owner of our databases in the embedded server: what `DATABASE_URL` is elsewhere, and no more privileged. */
export async function ensureOwner(server: EmbeddedPostgres): Promise<void> {
  const password = decodeURIComponent(new URL(server.ownerUrl("x")).password);
  await withClient(server.superuserUrl("postgres"), async (client) => {
    const found = await client.query("select 1 from pg_roles where rolname = $1", [ownerRole]);
    if (found.rowCount) return;
    await client.query(
      `create role ${quoteIdentifier(ownerRole)} login createdb createrole password ${quoteLiteral(password)}`,
    );
  });
}

/** Makes the database when absent; says whether it did. */
export async function ensureDatabase(server: EmbeddedPostgres, database: string): Promise<boolean> {
  return withClient(server.ownerUrl("postgres"), async (client) => {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount) return false;
    await client.query(`create database ${quoteIdentifier(database)}`);
    return true;
  });
}
