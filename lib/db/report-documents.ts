import type { SqlTransaction } from "./with-tenant.ts";

export type VersionInForce = { readonly version: number; readonly sha256: string };

const inForce = (table: string, since: string): string =>
  `SELECT v.version, v.sha256 FROM ${table} v WHERE v.tenant_id = $1::uuid AND v.${since} < $3 AND NOT EXISTS (
     SELECT FROM ${table} n WHERE n.tenant_id = v.tenant_id AND n.version > v.version AND n.${since} <= $2)
    ORDER BY v.version LIMIT 1000`;

/** Read by documentsInForce: the versions of a tenant's policy that were in force at some time of a period. */
export async function policiesOfPeriod(
  sql: SqlTransaction,
  tenantId: string,
  from: Date,
  until: Date,
): Promise<VersionInForce[]> {
  return sql.query(inForce("policy_version", "effective_at"), [tenantId, from, until]);
}

/** Read by documentsInForce: the same of the catalogs that its log says it adopted. */
export async function catalogsOfPeriod(
  sql: SqlTransaction,
  tenantId: string,
  from: Date,
  until: Date,
): Promise<VersionInForce[]> {
  return sql.query(inForce("catalog_adoption", "adopted_at"), [tenantId, from, until]);
}
