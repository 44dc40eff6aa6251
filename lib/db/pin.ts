import type { Pin, PinKind } from "../core/policies/policy.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type PinRow = Pin & { readonly credentialId: string; readonly statement: string | null };

type Stored = {
  credentialId: string;
  kind: PinKind;
  region: string | null;
  source: Pin["source"];
  since: Date | null;
  attestedBy: string | null;
  statement: string | null;
  projectId: string | null;
};

/**
 * Which project a pin speaks of, where it is known: the provider's word is of a project, a person's and a probe's of a key.
 * An answer that names another project then speaks against the pin, one that names this project for it.
 */
const projectOf = `CASE WHEN p.source = 'admin_api' THEN
  (SELECT c.project_id FROM provider_credential c WHERE c.tenant_id = p.tenant_id AND c.id = p.credential_id) END AS "projectId"`;

const pinOf = ({ kind, region, source, since, attestedBy, projectId }: Stored): Pin => ({
  kind,
  region,
  source,
  since: since?.toISOString() ?? null,
  attestedBy,
  ...(projectId === null ? {} : { projectId }),
});

/** Read by loadTenantConfig, getTenant and the sweeper: the newest statement per credential, as of a moment. */
export async function newestPins(
  sql: SqlTransaction,
  tenantId: string,
  asOf: Date,
): Promise<Map<string, PinRow>> {
  const rows = await sql.query<Stored>(
    `SELECT DISTINCT ON (p.credential_id) p.credential_id AS "credentialId", p.kind, p.region, p.source, p.since,
            p.attested_by AS "attestedBy", p.statement, ${projectOf}
       FROM pin p WHERE p.tenant_id = $1 AND p.stated_at <= $2
      ORDER BY p.credential_id, p.stated_at DESC, p.id DESC`,
    [tenantId, asOf],
  );
  return new Map(
    rows.map((row) => {
      const { credentialId, statement } = row;
      return [credentialId, { ...pinOf(row), credentialId, statement }];
    }),
  );
}

export type SourcePin = Pick<Pin, "kind" | "region"> & { readonly statedAt: Date };

/** Read by readAccounts, getTenant and attestPin: the newest statement per credential that came from one source, as of a moment. */
export async function newestPinsOfSource(
  sql: SqlTransaction,
  tenantId: string,
  source: Pin["source"],
  asOf: Date,
): Promise<Map<string, SourcePin>> {
  const rows = await sql.query<SourcePin & { credentialId: string }>(
    `SELECT DISTINCT ON (credential_id) credential_id AS "credentialId", kind, region, stated_at AS "statedAt"
       FROM pin WHERE tenant_id = $1 AND source = $2 AND stated_at <= $3
      ORDER BY credential_id, stated_at DESC, id DESC`,
    [tenantId, source, asOf],
  );
  return new Map(rows.map(({ credentialId, ...pin }) => [credentialId, pin]));
}

/** Read by getTenant: who was signed in when the newest statement per credential was made. */
export async function pinRecorders(
  sql: SqlTransaction,
  tenantId: string,
  asOf: Date,
): Promise<Map<string, string>> {
  const rows = await sql.query<{ credentialId: string; name: string }>(
    `SELECT DISTINCT ON (subject) subject AS "credentialId", actor_name AS name
       FROM audit_event WHERE tenant_id = $1 AND kind = 'pin.attested' AND at <= $2
      ORDER BY subject, at DESC, id DESC`,
    [tenantId, asOf],
  );
  return new Map(rows.map(({ credentialId, name }) => [credentialId, name]));
}

export type StatedPin = { readonly credentialId: string; readonly statedAt: Date; readonly pin: Pin };

/** Read by the sweeper: every statement about these credentials, oldest first. */
export async function pinsOfCredential(
  sql: SqlTransaction,
  tenantId: string,
  credentialIds: readonly string[],
): Promise<StatedPin[]> {
  const rows = await sql.query<Stored & { statedAt: Date }>(
    `SELECT p.credential_id AS "credentialId", p.kind, p.region, p.source, p.since, p.attested_by AS "attestedBy",
            p.stated_at AS "statedAt", ${projectOf}
       FROM pin p WHERE p.tenant_id = $1 AND p.credential_id = ANY($2::uuid[]) ORDER BY p.stated_at, p.id`,
    [tenantId, credentialIds],
  );
  return rows.map((row) => ({ credentialId: row.credentialId, statedAt: row.statedAt, pin: pinOf(row) }));
}

/** Read by acceptCalls: every statement about a project that a credential of the tenant names, oldest first. */
export async function pinsOfProjects(
  sql: SqlTransaction,
  tenantId: string,
): Promise<(Omit<StatedPin, "credentialId"> & { readonly projectId: string })[]> {
  const rows = await sql.query<Stored & { statedAt: Date; projectId: string }>(
    `SELECT c.project_id AS "projectId", p.kind, p.region, p.source, p.since, p.attested_by AS "attestedBy",
            p.stated_at AS "statedAt"
       FROM pin p JOIN provider_credential c ON c.tenant_id = p.tenant_id AND c.id = p.credential_id
      WHERE p.tenant_id = $1 AND c.project_id IS NOT NULL ORDER BY p.stated_at, p.id`,
    [tenantId],
  );
  return rows.map((row) => ({ projectId: row.projectId, statedAt: row.statedAt, pin: pinOf(row) }));
}
