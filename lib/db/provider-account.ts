import type { SqlTransaction } from "./with-tenant.ts";

export type SealedAccount = { readonly sealed: Buffer; readonly mode: "live" | "simulated" };

/** Read by openAccount: the sealed admin key of an account in use, and what its tenant is. */
export async function sealedAccount(
  sql: SqlTransaction,
  tenantId: string,
  accountId: string,
): Promise<SealedAccount | null> {
  const [row] = await sql.query<SealedAccount>(
    `SELECT a.sealed, t.mode FROM provider_account a JOIN tenant t ON t.id = a.tenant_id
      WHERE a.tenant_id = $1 AND a.id = $2 AND a.revoked_at IS NULL`,
    [tenantId, accountId],
  );
  return row ?? null;
}

export type DueAccount = {
  readonly tenantId: string;
  readonly id: string;
  /** Somebody asked for it. */
  readonly isWanted: boolean;
};

/** After an outcome an account rests so long. */
export type Rest = { readonly outcome: string; readonly seconds: number };

/** Read by readAccounts: accounts in use that somebody wants read, or that have rested. */
export async function dueAccounts(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  { now, rests }: { readonly now: Date; readonly rests: readonly Rest[] },
): Promise<DueAccount[]> {
  return sql.query<DueAccount>(
    `SELECT a.tenant_id AS "tenantId", a.id, a.asked_at IS NOT NULL AS "isWanted" FROM provider_account a
       LEFT JOIN unnest($3::text[], $4::int[]) AS r(outcome, seconds) ON r.outcome = a.last_outcome
      WHERE a.tenant_id = ANY($1::uuid[]) AND a.revoked_at IS NULL
        AND (a.asked_at IS NOT NULL OR a.last_read_at IS NULL
             OR a.last_read_at <= $2::timestamptz - make_interval(secs => coalesce(r.seconds, 0)))
      ORDER BY a.asked_at NULLS LAST, a.last_read_at NULLS FIRST, a.id`,
    [tenantIds, now, rests.map(({ outcome }) => outcome), rests.map(({ seconds }) => seconds)],
  );
}

export type NamedProject = {
  readonly credentialId: string;
  readonly projectId: string;
  /** False: it was revoked, and its last days may not be settled yet. */
  readonly isInUse: boolean;
};

/**
 * Read by readAccounts: the keys of a tenant that name their project at OpenAI. One that was revoked is named until its last
 * whole day is settled: 48 hours after that day's end, which is three days after the revocation at the latest.
 */
export async function namedProjects(
  sql: SqlTransaction,
  tenantId: string,
  accountId: string,
): Promise<NamedProject[]> {
  return sql.query<NamedProject>(
    `SELECT c.id AS "credentialId", c.project_id AS "projectId", c.revoked_at IS NULL AS "isInUse"
       FROM provider_credential c JOIN provider_account a ON a.tenant_id = c.tenant_id AND a.id = $2
      WHERE c.tenant_id = $1 AND c.kind = 'openai' AND c.project_id IS NOT NULL
        AND (c.revoked_at IS NULL OR c.revoked_at > coalesce(a.read_until, a.created_at) - interval '3 days')
      ORDER BY c.project_id, c.id`,
    [tenantId, accountId],
  );
}

/** In the provider's own words. */
export type ProjectStatement = {
  readonly projectId: string;
  readonly name: string | null;
  readonly status: string | null;
  readonly residency: string | null;
  readonly retention: string | null;
  readonly organizationRetention: string | null;
};

export type StatedProject = ProjectStatement & {
  readonly accountId: string;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

/** Read by getAccounts and readAccounts: the newest statement of each account about each project. */
export async function newestStatements(sql: SqlTransaction, tenantId: string): Promise<StatedProject[]> {
  return sql.query<StatedProject>(
    `SELECT DISTINCT ON (account_id, project_id) account_id AS "accountId", project_id AS "projectId", name, status,
            residency, retention, organization_retention AS "organizationRetention", first_seen_at AS "firstSeenAt",
            last_seen_at AS "lastSeenAt"
       FROM provider_project WHERE tenant_id = $1
      ORDER BY account_id, project_id, first_seen_at DESC LIMIT 5000`,
    [tenantId],
  );
}

/** Read by readAccounts: the provider says still what it said. */
export async function seeStatement(
  sql: SqlTransaction,
  tenantId: string,
  { accountId, projectId, firstSeenAt }: Pick<StatedProject, "accountId" | "projectId" | "firstSeenAt">,
  at: Date,
): Promise<void> {
  await sql.query(
    `UPDATE provider_project SET last_seen_at = greatest(last_seen_at, $5)
      WHERE tenant_id = $1 AND account_id = $2 AND project_id = $3 AND first_seen_at = $4`,
    [tenantId, accountId, projectId, firstSeenAt, at],
  );
}

/** Read by getAccounts: what came of a reading. What was asked for while it went on is still to be done. */
export async function noteReading(
  sql: SqlTransaction,
  tenantId: string,
  { accountId, begunAt, at, outcome }: { accountId: string; begunAt: Date; at: Date; outcome: string },
): Promise<void> {
  await sql.query(
    `UPDATE provider_account SET last_read_at = $3, last_outcome = $4,
            failing_since = CASE WHEN $4 = 'ok' THEN NULL ELSE coalesce(failing_since, $3) END,
            read_until = CASE WHEN $4 = 'ok' THEN greatest(read_until, $5) ELSE read_until END,
            asked_at = CASE WHEN asked_at <= $5 THEN NULL ELSE asked_at END
      WHERE tenant_id = $1 AND id = $2`,
    [tenantId, accountId, at, outcome, begunAt],
  );
}

/** What the web process and the worker may see of an account: never the sealed key. */
export const visibleAccount = {
  id: true,
  label: true,
  hint: true,
  addedBy: true,
  createdAt: true,
  replaces: true,
  revokedAt: true,
  askedAt: true,
  lastReadAt: true,
  lastOutcome: true,
  failingSince: true,
} as const;
