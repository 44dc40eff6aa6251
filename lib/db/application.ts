import type { DataCategory } from "../core/findings/data-category.ts";
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

/** An application as its owner declared it. */
export type DeclaredApplication = ApplicationRow & {
  readonly purpose: string;
  readonly dataCategory: DataCategory;
  readonly owner: string | null;
};

/** Read by recordCalls and the lists: every application of the tenants, by id. */
export async function applicationsById(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<Map<string, DeclaredApplication>> {
  const rows = await sql.query<DeclaredApplication>(
    `SELECT id, name, environment, purpose, data_category AS "dataCategory", owner
       FROM application WHERE tenant_id = ANY($1::uuid[])`,
    [tenantIds],
    "prepared",
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Read by createKey: the application of that name, made where there is none. */
export async function ensureApplication(
  tx: PrismaTransaction,
  wanted: {
    tenantId: string;
    id: string;
    name: string;
    environment: string;
    purpose: string;
    dataCategory: DataCategory;
    owner: string | null;
  },
): Promise<{ id: string; name: string }> {
  const { tenantId, name, environment } = wanted;
  const known = await tx.application.findFirst({ where: { tenantId, name, environment } });
  return known ?? (await tx.application.create({ data: wanted }));
}

/** Read by getTenant: all applications, by name. */
export async function listApplications(tx: PrismaTransaction, tenantId: string) {
  return tx.application.findMany({ where: { tenantId }, orderBy: [{ name: "asc" }, { environment: "asc" }] });
}

/** Read by declareApplication: the application's cases that are not closed. */
export async function workedOnFindings(tx: PrismaTransaction, tenantId: string, applicationId: string) {
  return tx.finding.findMany({
    where: { tenantId, applicationId, state: { in: ["open", "acknowledged", "investigating"] } },
    select: { id: true, cause: true, severity: true },
  });
}

/** Read by listFindings: the severity that newly declared data gives a case. */
export async function changeSeverity(
  tx: PrismaTransaction,
  tenantId: string,
  id: string,
  severity: string,
): Promise<void> {
  await tx.finding.updateMany({ where: { tenantId, id }, data: { severity } });
}
