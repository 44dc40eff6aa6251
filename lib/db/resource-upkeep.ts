import type { ResourceKey } from "./resource.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** Word for word the condition of `resource_unsettled_idx`: objects whose state or end still moves. */
const unsettled = `deleted_at IS NULL AND born_in IS NOT NULL AND (
    (kind = 'batch' AND ask_failures < 20 AND coalesce(status, '') NOT IN ('completed', 'failed', 'expired', 'cancelled'))
    OR (kind = 'fine_tuning_job' AND ask_failures < 20 AND coalesce(status, '') NOT IN ('succeeded', 'failed', 'cancelled'))
    OR (kind = 'vector_store' AND ask_failures < 20 AND (status = 'in_progress' OR (expires_at IS NOT NULL AND status <> 'expired')))
    OR (kind = 'file' AND ask_failures < 20 AND bytes IS NULL)
    OR (kind IN ('batch', 'fine_tuning_job', 'vector_store', 'file') AND ask_wanted_at > coalesce(asked_at, '-infinity')))`;

const due = `${unsettled}
  AND (coalesce(ask_after, '-infinity') <= $2 OR ask_wanted_at > coalesce(asked_at, '-infinity'))
  AND coalesce(asking_until, '-infinity') <= $2`;

/** Read by refreshResources: the tenants of which something is due. */
export async function tenantsWithDue(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await sql.query<{ tenantId: string }>(
    `SELECT DISTINCT tenant_id AS "tenantId" FROM resource WHERE tenant_id = ANY($1::uuid[]) AND ${due}`,
    [tenantIds, now],
  );
  return rows.map(({ tenantId }) => tenantId);
}

export type DueResource = ResourceKey & {
  readonly bornHost: string;
  readonly status: string | null;
  readonly since: Date;
  readonly failures: number;
  /** Whose call made it; null: nobody recorded it. */
  readonly applicationId: string | null;
};

/**
 * Read by refreshResources: takes what is due, what a person wants first, and leases it until then. Of two workers each
 * gets other rows. No more than leaves the tenant at `perMinuteMax` of the last minute.
 */
export async function claimDue(
  sql: SqlTransaction,
  tenantId: string,
  { now, until, max, perMinuteMax }: { now: Date; until: Date; max: number; perMinuteMax: number },
): Promise<DueResource[]> {
  return sql.query<DueResource>(
    `WITH d AS MATERIALIZED (
       SELECT kind, object_id FROM resource WHERE tenant_id = $1 AND ${due}
        ORDER BY ask_wanted_at > coalesce(asked_at, '-infinity') DESC NULLS LAST, ask_after NULLS FIRST
        LIMIT greatest(0, least($4::int, $5::int - (
          SELECT count(*)::int FROM resource WHERE tenant_id = $1 AND asked_at > $2::timestamptz - interval '1 minute')))
        FOR UPDATE SKIP LOCKED),
     taken AS (
       UPDATE resource r SET asking_until = $3 FROM d
        WHERE r.tenant_id = $1 AND r.kind = d.kind AND r.object_id = d.object_id
       RETURNING r.*)
     SELECT t.kind, t.object_id AS "objectId", t.born_host AS "bornHost", t.status, t.born_at AS since,
            t.ask_failures AS failures, coalesce(t.application_id,
              (SELECT c.application_id FROM call c
                WHERE c.tenant_id = $1 AND c.id = t.born_call AND c.started_at = t.born_at)) AS "applicationId"
       FROM taken t`,
    [tenantId, now, until, max, perMinuteMax],
  );
}

export type AskNote = ResourceKey & {
  readonly at: Date;
  readonly callId: string | null;
  readonly problem: string | null;
  readonly failures: number;
  readonly after: Date;
};

/** Read by listResources: what came of asking; gives the lease back. */
export async function noteAsked(
  sql: SqlTransaction,
  tenantId: string,
  { kind, objectId, at, callId, problem, failures, after }: AskNote,
): Promise<void> {
  await sql.query(
    `UPDATE resource SET asked_at = $4, asked_call = $5, ask_problem = $6, ask_failures = $7, ask_after = $8,
            asking_until = NULL
      WHERE tenant_id = $1 AND kind = $2 AND object_id = $3`,
    [tenantId, kind, objectId, at, callId, problem, failures, after],
  );
}

export type WantOutcome = "wanted" | "pending" | "unborn" | "unknown";

/**
 * Read by refreshResources: a person wants a look. `pending`: somebody wanted one within the last minute, and it is yet
 * to come. `unknown`: there is no such object, or it is deleted.
 */
export async function wantAsked(
  sql: SqlTransaction,
  tenantId: string,
  { kind, objectId }: ResourceKey,
  at: Date,
): Promise<WantOutcome> {
  const [row] = await sql.query<{ outcome: WantOutcome }>(
    `SELECT CASE WHEN born_in IS NULL THEN 'unborn'
                 WHEN ask_wanted_at > greatest(coalesce(asked_at, '-infinity'), $4::timestamptz - interval '1 minute')
                 THEN 'pending' ELSE 'wanted' END AS outcome
       FROM resource WHERE tenant_id = $1::uuid AND kind = $2 AND object_id = $3 AND deleted_at IS NULL`,
    [tenantId, kind, objectId, at],
  );
  if (row?.outcome !== "wanted") return row?.outcome ?? "unknown";
  await sql.query(
    `UPDATE resource SET ask_wanted_at = $4::timestamptz WHERE tenant_id = $1::uuid AND kind = $2 AND object_id = $3`,
    [tenantId, kind, objectId, at],
  );
  return "wanted";
}
