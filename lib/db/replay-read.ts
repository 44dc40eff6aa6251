import type { CallPosition } from "./call-list.ts";
import type { Span } from "./rollup-span.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** A recorded call with everything it was judged by. */
export type ReplayRow = {
  readonly id: string;
  readonly startedAt: Date;
  readonly applicationId: string;
  readonly operation: string;
  readonly model: string | null;
  readonly host: string | null;
  readonly source: string;
  readonly target: string;
  readonly intendedRegion: string | null;
  readonly credentialId: string | null;
  readonly policyVersion: number | null;
  readonly catalogVersion: number;
  readonly pin: unknown;
  readonly facts: unknown;
  readonly callEnd: string;
  readonly refusal: unknown;
  readonly verdict: string;
  readonly band: string | null;
  readonly attempts: unknown;
};

/** Calls of one tenant to judge again: null where nothing is asked of a field. */
export type ReplayScope = {
  readonly hosts: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly applicationIds: readonly string[] | null;
  readonly credentialId: string | null;
};

export const wholeScope: ReplayScope = {
  hosts: null,
  models: null,
  applicationIds: null,
  credentialId: null,
};

type ReplayQuery = {
  readonly tenantId: string;
  readonly span: Span;
  readonly below: CallPosition | null;
  readonly scope: ReplayScope;
  readonly limit: number;
};

/** So many at once: to read more of them out of an answer would hold the process that answers pages. */
const readAtOnce = 500;

/** The newest calls below a position, with their attempts. */
export async function callsToReplay(sql: SqlTransaction, query: ReplayQuery): Promise<ReplayRow[]> {
  const rows: ReplayRow[] = [];
  for (;;) {
    const limit = Math.min(readAtOnce, query.limit - rows.length);
    const read = await readCalls(sql, { ...query, below: rows.at(-1) ?? query.below, limit });
    rows.push(...read);
    if (read.length < limit || rows.length === query.limit) return rows;
  }
}

/** Read by replayPeriod and the restatements: through the primary key. */
async function readCalls(sql: SqlTransaction, query: ReplayQuery): Promise<ReplayRow[]> {
  const { tenantId, span, below, scope, limit } = query;
  return sql.query<ReplayRow>(
    `SELECT c.id, c.started_at AS "startedAt", c.application_id AS "applicationId", c.operation,
            coalesce(c.model_answered, c.model_requested) AS model, c.host, c.source, c.target,
            c.intended_region AS "intendedRegion", c.credential_id AS "credentialId",
            c.policy_version AS "policyVersion", c.catalog_version AS "catalogVersion", c.pin, c.facts,
            c.call_end AS "callEnd", c.refusal, c.verdict, c.band, dials.attempts
       FROM (SELECT * FROM call c
              WHERE c.tenant_id = $1 AND c.started_at >= $2 AND c.started_at < $3
                AND ($4::timestamptz IS NULL OR (c.started_at, c.id) < ($4::timestamptz, $5::uuid))
                AND ($6::text[] IS NULL OR c.host_dim = ANY($6))
                AND ($7::text[] IS NULL OR c.model_dim = ANY($7))
                AND ($8::uuid[] IS NULL OR c.application_id = ANY($8))
                AND ($9::uuid IS NULL OR c.credential_id = $9)
              ORDER BY c.started_at DESC, c.id DESC LIMIT $10) c
       CROSS JOIN LATERAL (
         SELECT coalesce(json_agg(a.evidence ORDER BY a.no), '[]'::json) AS attempts FROM attempt a
          WHERE a.tenant_id = $1 AND a.started_at = c.started_at AND a.call_id = c.id
            AND a.started_at >= $2 AND a.started_at < $3) dials
      ORDER BY c.started_at DESC, c.id DESC`,
    [
      tenantId,
      span.from,
      span.to,
      below?.startedAt ?? null,
      below?.id ?? null,
      scope.hosts,
      scope.models,
      scope.applicationIds,
      scope.credentialId,
      limit,
    ],
  );
}

/** Read by replayPeriod: how many calls every UTC hour of the span holds together. */
export async function countRecorded(sql: SqlTransaction, tenantId: string, span: Span): Promise<number> {
  const [row] = await sql.query<{ calls: number | null }>(
    `SELECT sum(calls)::bigint AS calls FROM rollup_hour
      WHERE tenant_id = $1 AND hour >= date_trunc('hour', $2::timestamptz, 'UTC') AND hour < $3`,
    [tenantId, span.from, span.to],
  );
  return row?.calls ?? 0;
}
