import { quoteIdentifier, withClient } from "../../scripts/database/client.ts";

/**
 * Every row of every table of a test's database as text, bytes as hex, by table. Row security is taken off: the
 * database is of no use afterwards.
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
      dump.set(name, found.rows.map(({ row }) => row).join("\n"));
    }
    return dump;
  });
}
