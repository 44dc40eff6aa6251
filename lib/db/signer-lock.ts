import pg from "pg";
import { databaseSettings } from "../env/database-settings.ts";
import { noticedDead } from "./connection.ts";

/**
 * Read by the signer: one of all signers of this database, whichever machine they run on. The lock belongs to a connection
 * of its own, past any pooler, and goes with it. Null: another one has it.
 */
export async function takeSignerLock(): Promise<{
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
} | null> {
  const client = new pg.Client({
    connectionString: databaseSettings().directUrl,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    ...noticedDead,
    application_name: "domicile signer",
  });
  let lost = false;
  // crash: when the server closes this connection the lock is gone; `isHeld` sees it.
  client.on("error", () => {
    lost = true;
  });
  await client.connect();
  const { rows } = await client.query(
    "SELECT pg_try_advisory_lock(hashtextextended('domicile.signer', 0)) AS taken",
  );
  if (!rows[0]?.taken) {
    await client.end();
    return null;
  }
  return {
    async isHeld() {
      if (lost) return false;
      return client.query("SELECT 1").then(
        () => true,
        () => false,
      );
    },
    release: () => client.end(),
  };
}
