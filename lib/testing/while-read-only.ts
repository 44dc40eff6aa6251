import { quoteIdentifier, withClient } from "../../scripts/database/client.ts";
import { closeDatabases } from "../db/connection.ts";

/** Does something while each session that this process opens on a database is read only, as at a server that was demoted. */
export async function whileReadOnly(ownerUrl: string, action: () => Promise<void>): Promise<void> {
  const name = quoteIdentifier(decodeURIComponent(new URL(ownerUrl).pathname.slice(1)));
  const say = (wish: string) =>
    withClient(ownerUrl, async (client) => {
      await client.query("SET default_transaction_read_only = off");
      await client.query(`ALTER DATABASE ${name} ${wish}`);
      // What is open goes on as it was opened.
      await closeDatabases();
    });
  await say("SET default_transaction_read_only = on");
  try {
    await action();
  } finally {
    await say("RESET default_transaction_read_only");
  }
}
