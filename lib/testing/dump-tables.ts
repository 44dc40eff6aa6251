import { quoteIdentifier, withClient } from "../../scripts/database/client.ts";
import { bytesOfRow } from "./ledger-bytes.ts";

/**
 * Every row of every table of a test's database as text, bytes as hex and bundles of entries unpacked, by table. Row
 * security is taken off: the database is of no use afterwards.
 */
export function dumpTables(ownerUrl: string): Promise<ReadonlyMap<string, string>> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind = 'r' order by 1`,
    );
    const dump = new Map<string, string>();
    for (const { name } of rows) {
      const table = quoteIdentifier(name);
      await client.query(`alter table ${table} no force row level security`);
      const found = await client.query<{ row: string }>(`select t::text as row from ${table} t`);
      const texts = found.rows.map(({ row }) => row);
      if (/^ledger_body_/.test(name)) {
        const bodies = await client.query<{ bytes: Buffer; bundled: number | null }>(
          `select bytes, bundled from ${table}`,
        );
        for (const entry of bodies.rows.flatMap(bytesOfRow)) texts.push(entry.toString("hex"));
      }
      dump.set(name, texts.join("\n"));
    }
    return dump;
  });
}
