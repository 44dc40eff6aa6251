import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

export type PolicyRow = {
  readonly version: number;
  readonly preset: string;
  readonly body: unknown;
  readonly sha256: string;
  readonly effectiveAt: Date;
};

const columns = `version, preset, body, sha256, effective_at AS "effectiveAt"`;

/** Read by loadTenantConfig: the newest versions, so that a call in flight still finds the one it began under. */
export async function newestPolicies(
  sql: SqlTransaction,
  tenantId: string,
  limit: number,
): Promise<PolicyRow[]> {
  return sql.query<PolicyRow>(
    `SELECT ${columns} FROM policy_version WHERE tenant_id = $1 ORDER BY version DESC LIMIT $2`,
    [tenantId, limit],
  );
}

/** Read by recordCalls and getCall: the versions that calls name. */
export async function policiesByVersion(
  sql: SqlTransaction,
  tenantId: string,
  versions: readonly number[],
): Promise<PolicyRow[]> {
  return sql.query<PolicyRow>(
    `SELECT ${columns} FROM policy_version WHERE tenant_id = $1 AND version = ANY($2::int[])`,
    [tenantId, versions],
  );
}

/** Read by listTenants and getTenant: the policy in force in each tenant now. */
export async function policiesInForce(
  tx: PrismaTransaction,
  tenantIds: readonly string[],
  at: Date,
): Promise<Map<string, PolicyRow>> {
  const rows = await tx.policyVersion.findMany({
    where: { tenantId: { in: [...tenantIds] }, effectiveAt: { lte: at } },
    orderBy: { version: "asc" },
  });
  return new Map(rows.map((row) => [row.tenantId, row]));
}

/** Read by getPolicies: the newest versions with who made them and why. */
export async function listPolicyVersions(tx: PrismaTransaction, tenantId: string, limit: number) {
  return tx.policyVersion.findMany({ where: { tenantId }, orderBy: { version: "desc" }, take: limit });
}

export type NewPolicyVersion = {
  readonly tenantId: string;
  readonly version: number;
  readonly preset: string;
  readonly body: object;
  readonly sha256: string;
  readonly effectiveAt: Date;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly createdById: string | null;
  readonly reason: string;
  readonly proposalId: string | null;
  readonly approvedBy: string | null;
};

/** Read by every gateway: a version more. The key refuses a number that is taken. */
export async function insertPolicyVersion(tx: PrismaTransaction, row: NewPolicyVersion): Promise<void> {
  await tx.policyVersion.createMany({ data: [row] });
}

/** Read by acceptCalls: which version took effect when, newest first. */
export async function policyTimes(
  sql: SqlTransaction,
  tenantId: string,
): Promise<{ version: number; effectiveAt: Date }[]> {
  return sql.query(
    `SELECT version, effective_at AS "effectiveAt" FROM policy_version WHERE tenant_id = $1 ORDER BY version DESC`,
    [tenantId],
  );
}
