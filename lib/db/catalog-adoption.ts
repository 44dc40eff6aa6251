import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

/** Read by recordAdoptions: the newest version of which each tenant's own log holds the event. */
export async function newestAdoptions(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ id: string; version: number }>(
    "SELECT tenant_id AS id, max(version) AS version FROM catalog_adoption WHERE tenant_id = ANY($1::uuid[]) GROUP BY tenant_id",
    [tenantIds],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** Read by newestAdoptions. A second row for the version throws a unique violation. */
export async function insertAdoption(
  tx: PrismaTransaction,
  row: { tenantId: string; version: number; sha256: string; adoptedAt: Date },
): Promise<void> {
  await tx.catalogAdoption.createMany({ data: [row] });
}
