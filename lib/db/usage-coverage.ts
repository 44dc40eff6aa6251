import type { SqlTransaction } from "./with-tenant.ts";

export type AccountStanding = {
  readonly tenantId: string;
  readonly lastReadAt: Date | null;
  readonly failingSince: Date | null;
};

/** Read by getCoverage: accounts in use. */
export async function accountStandings(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<AccountStanding[]> {
  return sql.query<AccountStanding>(
    `SELECT tenant_id AS "tenantId", last_read_at AS "lastReadAt", failing_since AS "failingSince" FROM provider_account
      WHERE tenant_id = ANY($1::uuid[]) AND revoked_at IS NULL ORDER BY created_at`,
    [tenantIds],
  );
}

export type ReadProject = {
  readonly tenantId: string;
  readonly projectId: string;
  readonly name: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

/** Read by getCoverage: since when and until when each project was read, with its newest name. */
export async function readProjects(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<ReadProject[]> {
  return sql.query<ReadProject>(
    `SELECT tenant_id AS "tenantId", project_id AS "projectId", (array_agg(name ORDER BY last_seen_at DESC))[1] AS name,
            min(first_seen_at) AS "firstSeenAt", max(last_seen_at) AS "lastSeenAt"
       FROM provider_project WHERE tenant_id = ANY($1::uuid[]) GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 5000`,
    [tenantIds],
  );
}

export type KeysOfProject = {
  readonly tenantId: string;
  /** null: nobody stated it. */
  readonly projectId: string | null;
  /** Of the oldest key, also one that was revoked. */
  readonly since: Date;
  /** When the last of them was revoked; null: one is in use. */
  readonly until: Date | null;
  /** Keys in use. */
  readonly keys: number;
};

/** Read by getCoverage: the projects that OpenAI keys of some tenants name. */
export async function keysByProject(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<KeysOfProject[]> {
  return sql.query<KeysOfProject>(
    `SELECT tenant_id AS "tenantId", project_id AS "projectId", min(created_at) AS since,
            CASE WHEN bool_and(revoked_at IS NOT NULL) THEN max(revoked_at) END AS until,
            (count(*) FILTER (WHERE revoked_at IS NULL))::int AS keys
       FROM provider_credential WHERE tenant_id = ANY($1::uuid[]) AND kind = 'openai'
      GROUP BY 1, 2 ORDER BY 1, 2 NULLS LAST LIMIT 5000`,
    [tenantIds],
  );
}

export type ProjectCase = { readonly tenantId: string; readonly projectId: string; readonly id: string };

/** Read by getCoverage: the cases of requests that the record does not hold. */
export async function usageFindings(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<ProjectCase[]> {
  return sql.query<ProjectCase>(
    `SELECT tenant_id AS "tenantId", project_id AS "projectId", id FROM finding
      WHERE tenant_id = ANY($1::uuid[]) AND cause = 'usage_not_recorded' AND project_id IS NOT NULL LIMIT 5000`,
    [tenantIds],
  );
}

export type SettledSums = {
  /** UTC days. */
  readonly days: number;
  readonly missing: number;
  readonly notComparable: number;
};

/** Read by getOverview: what was settled of some days; `to` is exclusive. */
export async function settledSums(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  from: string,
  to: string,
): Promise<SettledSums> {
  const [row] = await sql.query<SettledSums>(
    `SELECT count(DISTINCT day)::int AS days, coalesce(sum(missing), 0)::bigint AS missing,
            (count(*) FILTER (WHERE state = 'not_comparable'))::int AS "notComparable"
       FROM usage_comparison
      WHERE tenant_id = ANY($1::uuid[]) AND day >= $2::date AND day < $3::date AND settled_at IS NOT NULL`,
    [tenantIds, from, to],
  );
  return row ?? { days: 0, missing: 0, notComparable: 0 };
}

export type MissingRow = {
  readonly tenantId: string;
  readonly projectId: string;
  readonly name: string | null;
  readonly day: string;
};

/** Read by getOverview: the newest settled day of which requests are missing; null: none of these days is. */
export async function newestMissing(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  from: string,
  to: string,
): Promise<MissingRow | null> {
  const [row] = await sql.query<MissingRow>(
    `SELECT u.tenant_id AS "tenantId", u.project_id AS "projectId", to_char(u.day, 'YYYY-MM-DD') AS day,
            (SELECT p.name FROM provider_project p WHERE p.tenant_id = u.tenant_id AND p.project_id = u.project_id
              ORDER BY p.last_seen_at DESC LIMIT 1) AS name
       FROM usage_comparison u
      WHERE u.tenant_id = ANY($1::uuid[]) AND u.day >= $2::date AND u.day < $3::date
        AND u.settled_at IS NOT NULL AND u.missing > 0
      ORDER BY u.day DESC, u.missing DESC LIMIT 1`,
    [tenantIds, from, to],
  );
  return row ?? null;
}
