import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

/** Read by recordAdoptions: the tenants, of these, whose own log holds the event of the version. */
export async function tenantsThatAdopted(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  version: number,
): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ id: string }>(
    "SELECT tenant_id AS id FROM catalog_adoption WHERE tenant_id = ANY($1::uuid[]) AND version = $2",
    [tenantIds, version],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Read by tenantsThatAdopted. A second row for the version throws a unique violation. */
export async function insertAdoption(
  tx: PrismaTransaction,
  row: { tenantId: string; version: number; sha256: string; adoptedAt: Date },
): Promise<void> {
  await tx.catalogAdoption.createMany({ data: [row] });
}
