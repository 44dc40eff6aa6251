import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

export type ApplicationRow = { readonly id: string; readonly name: string; readonly environment: string };

/** Read by authenticateKey: the name of the key's application. */
export async function findApplication(
  sql: SqlTransaction,
  tenantId: string,
  id: string,
): Promise<ApplicationRow | null> {
  const [row] = await sql.query<ApplicationRow>(
    "SELECT id, name, environment FROM application WHERE tenant_id = $1 AND id = $2",
    [tenantId, id],
  );
  return row ?? null;
}

/** Read by findPlaygroundCaller: the application the playground's calls belong to. */
export async function findApplicationByName(
  sql: SqlTransaction,
  tenantId: string,
  wanted: { readonly name: string; readonly environment: string },
): Promise<ApplicationRow | null> {
  const [row] = await sql.query<ApplicationRow>(
    "SELECT id, name, environment FROM application WHERE tenant_id = $1 AND name = $2 AND environment = $3",
    [tenantId, wanted.name, wanted.environment],
  );
  return row ?? null;
}

/** Read by recordCalls and the lists: names by id, for all applications of the tenants. */
export async function applicationNames(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<ApplicationRow>(
    "SELECT id, name, environment FROM application WHERE tenant_id = ANY($1::uuid[])",
    [tenantIds],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Read by createKey: the application of that name, made where there is none. */
export async function ensureApplication(
  tx: PrismaTransaction,
  wanted: { tenantId: string; id: string; name: string; environment: string; purpose: string },
): Promise<{ id: string; name: string }> {
  const { tenantId, name, environment } = wanted;
  const known = await tx.application.findFirst({ where: { tenantId, name, environment } });
  return known ?? (await tx.application.create({ data: wanted }));
}
