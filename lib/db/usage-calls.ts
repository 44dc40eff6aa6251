import { longestMs } from "../core/accounts/compare-usage.ts";
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

/** So long before a day something may have been begun that goes on in it: the lines of a batch run within a day. */
const begunMs = 25 * 3_600_000;
/** A day is looked at piece by piece, so that no statement takes long, however many calls it has. */
const sliceMs = 6 * 3_600_000;

/**
 * Read by recordOfDay: dials that left on a UTC day, or so close to it that the provider may count them to it, in groups
 * that are counted alike; and, without their places, what was begun on the day before and may go on.
 */
export async function callsOfUsageDay(
  sql: SqlTransaction,
  tenantId: string,
  day: CountedDay,
): Promise<CallGroup[]> {
  const lookFrom = day.from.getTime() - longestMs - day.edgeMs;
  const lookTo = day.to.getTime() + day.edgeMs;
  const groups = await openCallsBefore(sql, tenantId, day.openOperations, {
    from: new Date(day.from.getTime() - begunMs),
    to: new Date(lookFrom),
  });
  for (let from = lookFrom; from < lookTo; from += sliceMs) {
    const slice = { from: new Date(from), to: new Date(Math.min(from + sliceMs, lookTo)) };
    groups.push(...(await callsOfSlice(sql, tenantId, day, slice)));
  }
  return groups;
}

type Slice = { readonly from: Date; readonly to: Date };

/**
 * Read by recordOfDay: what of a stretch of starts counts for a day. Of calls and attempts what it is decided by is taken
 * before they are joined (`OFFSET 0`): joined whole, they would not fit into the memory of a join.
 */
async function callsOfSlice(
  sql: SqlTransaction,
  tenantId: string,
  day: CountedDay,
  slice: Slice,
): Promise<CallGroup[]> {
  return sql.query<CallGroup>(
    `SELECT c.credential_id AS "credentialId", c.operation, c.reported, c.last_only AS "lastOnly", c.uses_tools AS "usesTools",
            CASE WHEN a.project = ANY($4::text[]) THEN a.project END AS named,
            a.project IS NOT NULL AND a.project <> ALL($4::text[]) AS "namesOther", a.answer, c.place, count(*)::int AS calls
       FROM (SELECT c.started_at, c.id, c.credential_id, c.operation,
                    c.source NOT IN ('gateway', 'playground', 'upkeep') AS reported,
                    coalesce(c.facts ->> 'attemptsKnown' = 'last_only', false) AS last_only,
                    c.operation = ANY($5::text[]) AND coalesce(
                      (CASE WHEN c.facts ->> 'responseBody' = 'read' THEN c.facts -> 'featuresUsed' ELSE c.facts -> 'featuresOffered' END)
                      - $6::text[] <> '[]'::jsonb, false) AS uses_tools,
                    CASE WHEN c.started_at < $2::timestamptz OR c.started_at >= $3::timestamptz THEN 'edge'
                         WHEN c.started_at - $8::interval < $2::timestamptz OR e.ended_at + $8::interval > $3::timestamptz THEN 'own_edge'
                         ELSE 'inside' END AS place
               FROM call c CROSS JOIN LATERAL (SELECT
                      CASE WHEN c.ended_at IS NULL OR c.call_end = 'unknown' OR c.facts #>> '{background,value}' = 'true'
                           THEN greatest(c.ended_at, c.started_at + $7::interval) ELSE c.ended_at END AS ended_at) e
              WHERE c.tenant_id = $1 AND c.started_at >= $10 AND c.started_at < $11
                AND e.ended_at + $8::interval > $2::timestamptz OFFSET 0) c
       JOIN (SELECT a.started_at, a.call_id, a.host, a.evidence #>> '{echo,projectId}' AS project,
                    CASE WHEN a.status BETWEEN 200 AND 299 OR a.status = 101 THEN 'accepted'
                         WHEN a.status IS NULL THEN 'unknown' ELSE 'refused' END AS answer
               FROM attempt a
              WHERE a.tenant_id = $1 AND a.started_at >= $10 AND a.started_at < $11
                AND a.progress NOT IN ('refused', 'not_sent') OFFSET 0) a ON a.started_at = c.started_at AND a.call_id = c.id
      WHERE NOT (c.credential_id IS NULL AND a.host LIKE ANY ($9::text[]))
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`,
    [
      tenantId,
      day.from,
      day.to,
      day.projectIds,
      day.toolOperations,
      day.plainFeatures,
      `${longestMs} milliseconds`,
      `${day.edgeMs} milliseconds`,
      day.otherProviders.map((domain) => `%.${domain}`),
      slice.from,
      slice.to,
    ],
  );
}

/** Read by recordOfDay: what was begun in a span and may go on behind it, looked for only where an hour has some. */
async function openCallsBefore(
  sql: SqlTransaction,
  tenantId: string,
  operations: readonly string[],
  { from, to }: Slice,
): Promise<CallGroup[]> {
  return sql.query<CallGroup>(
    `SELECT c.credential_id AS "credentialId", c.operation, false AS reported, false AS "lastOnly", false AS "usesTools",
            NULL AS named, false AS "namesOther", 'unknown' AS answer, 'edge' AS place, count(*)::int AS calls
       FROM call c
      WHERE c.tenant_id = $1 AND c.started_at >= $2 AND c.started_at < $3 AND c.operation = ANY($4::text[])
        AND c.region_dim <> 'none' AND coalesce(c.status, 0) < 400
        AND EXISTS (SELECT 1 FROM rollup_hour r WHERE r.tenant_id = $1 AND r.hour >= date_trunc('hour', $2::timestamptz, 'UTC')
                       AND r.hour < $3::timestamptz AND r.operation = ANY($4::text[]))
      GROUP BY 1, 2`,
    [tenantId, from, to, operations],
  );
}
