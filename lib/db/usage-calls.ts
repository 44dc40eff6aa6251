import type { CallGroup } from "../core/accounts/tally-calls.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type CountedDay = {
  /** The UTC day. */
  readonly from: Date;
  readonly to: Date;
  /** Around a call within which the provider may count it. */
  readonly edgeMs: number;
  /** Projects that are compared. */
  readonly projectIds: readonly string[];
  /** Operations of which one call may go on for long. */
  readonly openOperations: readonly string[];
  /** Operations that may use tools at the provider, and features of a request that are none. */
  readonly toolOperations: readonly string[];
  readonly plainFeatures: readonly string[];
  /** Domains of other providers. */
  readonly otherProviders: readonly string[];
};

/** So long a request without an end may have taken, or one that the provider works on in the background. */
const longestMs = 3 * 3_600_000;
/** So long before a day something may have been begun that goes on in it: the lines of a batch run within a day. */
const begunMs = 25 * 3_600_000;

/**
 * Read by compareUsage: dials that left on a UTC day, or so close to it that the provider may count them to it, in groups
 * that are counted alike; and, without their places, what was begun on the day before and may go on. One look at the calls of the
 * day, in the order of their key, and at their attempts beside them.
 */
export async function callsOfUsageDay(
  sql: SqlTransaction,
  tenantId: string,
  day: CountedDay,
): Promise<CallGroup[]> {
  const { from, to, edgeMs } = day;
  const lookFrom = new Date(from.getTime() - longestMs - edgeMs);
  return sql.query<CallGroup>(
    `WITH sent AS (
       SELECT c.credential_id, c.operation, c.started_at, a.evidence #>> '{echo,projectId}' AS project, a.status,
              c.source NOT IN ('gateway', 'playground', 'upkeep') AS reported,
              coalesce(c.facts ->> 'attemptsKnown' = 'last_only', false) AS last_only,
              c.operation = ANY($6::text[]) AND coalesce(
                (CASE WHEN c.facts ->> 'responseBody' = 'read' THEN c.facts -> 'featuresUsed' ELSE c.facts -> 'featuresOffered' END)
                - $7::text[] <> '[]'::jsonb, false) AS uses_tools,
              CASE WHEN c.ended_at IS NULL OR c.call_end = 'unknown' OR c.facts #>> '{background,value}' = 'true'
                   THEN greatest(c.ended_at, c.started_at + $8::interval) ELSE c.ended_at END AS ended_at
         FROM call c JOIN attempt a ON a.tenant_id = c.tenant_id AND a.started_at = c.started_at AND a.call_id = c.id
        WHERE c.tenant_id = $1 AND a.tenant_id = $1
          AND c.started_at >= $4 AND c.started_at < $3::timestamptz + $9::interval
          AND a.started_at >= $4 AND a.started_at < $3::timestamptz + $9::interval
          AND a.progress NOT IN ('refused', 'not_sent')
          AND NOT (c.credential_id IS NULL AND a.host LIKE ANY ($10::text[]))
     ), placed AS (
       SELECT credential_id AS "credentialId", operation, reported, last_only AS "lastOnly", uses_tools AS "usesTools",
              CASE WHEN project = ANY($5::text[]) THEN project END AS named,
              project IS NOT NULL AND project <> ALL($5::text[]) AS "namesOther",
              CASE WHEN status BETWEEN 200 AND 299 OR status = 101 THEN 'accepted'
                   WHEN status IS NULL THEN 'unknown' ELSE 'refused' END AS answer,
              CASE WHEN started_at < $2::timestamptz OR started_at >= $3::timestamptz THEN 'edge'
                   WHEN started_at - $9::interval < $2::timestamptz OR ended_at + $9::interval > $3::timestamptz THEN 'own_edge'
                   ELSE 'inside' END AS place
         FROM sent WHERE ended_at + $9::interval > $2::timestamptz
     )
     SELECT *, count(*)::int AS calls FROM placed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
     UNION ALL
     SELECT c.credential_id, c.operation, false, false, false, NULL, false, 'unknown', 'edge', count(*)::int
       FROM call c
      WHERE c.tenant_id = $1 AND c.started_at >= $11 AND c.started_at < $4 AND c.operation = ANY($12::text[])
        AND c.region_dim <> 'none' AND coalesce(c.status, 0) < 400
        AND EXISTS (SELECT 1 FROM rollup_hour r WHERE r.tenant_id = $1 AND r.hour >= date_trunc('hour', $11::timestamptz, 'UTC')
                       AND r.hour < $4::timestamptz AND r.operation = ANY($12::text[]))
      GROUP BY 1, 2`,
    [
      tenantId,
      from,
      to,
      lookFrom,
      day.projectIds,
      day.toolOperations,
      day.plainFeatures,
      `${longestMs} milliseconds`,
      `${edgeMs} milliseconds`,
      day.otherProviders.map((domain) => `%.${domain}`),
      new Date(from.getTime() - begunMs),
      day.openOperations,
    ],
  );
}
