import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

export type CredentialRow = {
  readonly id: string;
  readonly sealed: Buffer;
  readonly hosts: string[];
  readonly projectId: string | null;
  readonly upstream: unknown;
};

/** Read by loadTenantConfig: what the gateway may send upstream, newest first. */
export async function liveCredentials(sql: SqlTransaction, tenantId: string): Promise<CredentialRow[]> {
  return sql.query<CredentialRow>(
    `SELECT id, sealed, hosts, project_id AS "projectId", upstream FROM provider_credential
      WHERE tenant_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 100`,
    [tenantId],
  );
}

/** Read by the sweeper: how requests were put to the hosts of these credentials. It never changes. */
export async function upstreamsOf(
  sql: SqlTransaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ id: string; upstream: unknown }>(
    "SELECT id, upstream FROM provider_credential WHERE tenant_id = $1 AND id = ANY($2::uuid[])",
    [tenantId, ids],
  );
  return new Map(rows.map(({ id, upstream }) => [id, upstream]));
}

export type KeyOfProject = {
  readonly id: string;
  readonly projectId: string | null;
  readonly kind: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
};

/** Read by compareDays: which project each key of a tenant is of, also of those that were revoked. */
export async function keysOfProjects(sql: SqlTransaction, tenantId: string): Promise<KeyOfProject[]> {
  return sql.query<KeyOfProject>(
    `SELECT id, project_id AS "projectId", kind, created_at AS "createdAt", revoked_at AS "revokedAt" FROM provider_credential
      WHERE tenant_id = $1 ORDER BY created_at, id`,
    [tenantId],
  );
}

/** Read by compareDays: which of some tenants have, or had, a key of one of these projects. */
export async function tenantsWithKeysOf(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  projectIds: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ tenantId: string }>(
    `SELECT DISTINCT tenant_id AS "tenantId" FROM provider_credential
      WHERE tenant_id = ANY($1::uuid[]) AND project_id = ANY($2::text[]) AND kind = 'openai' ORDER BY 1`,
    [tenantIds, projectIds],
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** What the web process may see of a credential: never the sealed key. */
export const visibleCredential = {
  id: true,
  label: true,
  hint: true,
  projectId: true,
  hosts: true,
  kind: true,
  upstream: true,
  replaces: true,
  createdAt: true,
  revokedAt: true,
} as const;

/** Read by getTenant: every credential of a tenant, newest first. */
export async function listCredentials(tx: PrismaTransaction, tenantId: string) {
  return tx.providerCredential.findMany({
    where: { tenantId },
    select: visibleCredential,
    orderBy: { createdAt: "desc" },
    take: 200,
  });
}

/** Read by getModels: which keys of some tenants may be sent to which hosts. */
export async function credentialsOfTenants(tx: PrismaTransaction, tenantIds: readonly string[]) {
  return tx.providerCredential.findMany({
    where: { tenantId: { in: [...tenantIds] } },
    select: { tenantId: true, id: true, label: true, hosts: true, revokedAt: true },
    orderBy: [{ tenantId: "asc" }, { createdAt: "desc" }],
    take: 5_000,
  });
}
