import { databaseSettings } from "../env/database-settings.ts";
import { querySql, type SqlTransaction } from "./with-tenant.ts";

const known = new Map<string, boolean>();

/**
 * Whether `npm run db:distribute` has spread the large tables of this database over the nodes of a Citus cluster. Asked
 * once per database and process, on the connection the caller has: the command is for a deployment that stands still.
 */
export async function isSpread(sql: SqlTransaction = { query: querySql }): Promise<boolean> {
  const { url } = databaseSettings();
  const answer = known.get(url) ?? (await ask(sql));
  known.set(url, answer);
  return answer;
}

/**
 * Rows of several tenants. Where they are spread over nodes, each tenant's node is asked by itself, because it takes more
 * of SQL than a statement for several nodes may say; `pinned` then says of a column whose rows these are. Each tenant's rows
 * come together, in no order among the tenants.
 */
export async function byTenant<Tenant, Row>(
  sql: SqlTransaction,
  tenants: readonly Tenant[],
  ask: (tenants: readonly Tenant[], pinned: (column: string) => string) => Promise<Row[]>,
): Promise<Row[]> {
  if (!(await isSpread(sql))) return ask(tenants, () => "true");
  const rows: Row[] = [];
  // `$1` is the list of their ids.
  for (const tenant of tenants)
    for (const row of await ask([tenant], (column) => `${column} = ANY($1::uuid[])`)) rows.push(row);
  return rows;
}

async function ask(sql: SqlTransaction): Promise<boolean> {
  const catalogs = await sql.query("SELECT 1 FROM pg_class WHERE oid = to_regclass('pg_dist_partition')");
  if (catalogs.length === 0) return false;
  const heads = await sql.query(
    "SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'recording_head'::regclass AND partmethod = 'h'",
  );
  return heads.length > 0;
}
