import {
  callsWithLateEnds,
  failed,
  lateOrRecorded,
  recountColumns,
  recountDays,
  recountHours,
} from "./rollup-recount.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** Read by repairRollups: the UTC hours of a span whose calls are not what their rollup counts, oldest first. */
export async function differingHours(
  sql: SqlTransaction,
  tenantId: string,
  span: { readonly from: Date; readonly to: Date },
  limit: number,
): Promise<Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    `SELECT hour
       FROM (SELECT date_trunc('hour', c.started_at, 'UTC') AS hour, count(*) AS calls,
                    coalesce(sum(${lateOrRecorded.inputTokens}), 0) AS input, coalesce(sum(${lateOrRecorded.outputTokens}), 0) AS output,
                    count(*) FILTER (WHERE ${lateOrRecorded.callEnd} = 'unknown') AS without_end,
                    count(*) FILTER (WHERE ${failed(lateOrRecorded)}) AS errors,
                    count(*) FILTER (WHERE c.verdict = 'violation') AS violations
               FROM ${callsWithLateEnds} WHERE c.tenant_id = $1 AND c.started_at >= $2 AND c.started_at < $3 GROUP BY 1) told
       FULL JOIN (SELECT hour, sum(calls) AS calls, sum(input_tokens) AS input, sum(output_tokens) AS output,
                         sum(without_end) AS without_end, sum(errors) AS errors,
                         coalesce(sum(calls) FILTER (WHERE verdict = 'violation'), 0) AS violations
                    FROM rollup_hour WHERE tenant_id = $1 AND hour >= $2 AND hour < $3 GROUP BY 1) counted USING (hour)
      WHERE (told.calls, told.input, told.output, told.without_end, told.errors, told.violations)
            IS DISTINCT FROM (counted.calls, counted.input, counted.output, counted.without_end, counted.errors, counted.violations)
      ORDER BY hour LIMIT $4`,
    [tenantId, span.from, span.to, limit],
  );
  return rows.map(({ hour }) => hour);
}

/** Read by getOverview and the facets of listCalls: one UTC hour counted again from its calls. Under the tenant's lock. */
export async function recountHour(
  sql: SqlTransaction,
  tenantId: string,
  hour: Date,
  bounds: readonly number[],
): Promise<void> {
  await sql.query("DELETE FROM rollup_hour WHERE tenant_id = $1 AND hour = $2", [tenantId, hour]);
  await sql.query(
    `INSERT INTO rollup_hour (${recountColumns("hour")}) ${recountHours({
      from: callsWithLateEnds,
      end: lateOrRecorded,
      where: "c.tenant_id = $1 AND c.started_at >= $2 AND c.started_at < $2::timestamptz + interval '1 hour'",
      attempts: `(SELECT count(*) FROM attempt a WHERE a.tenant_id = $1 AND a.started_at = c.started_at AND a.call_id = c.id
                   AND a.started_at >= $2 AND a.started_at < $2::timestamptz + interval '1 hour')`,
      bounds: "$3::int[]",
    })}`,
    [tenantId, hour, bounds],
  );
}

/** Read by getOverview and the facets of listCalls: one UTC day added up again from its hours. Under the tenant's lock. */
export async function recountDay(sql: SqlTransaction, tenantId: string, day: Date): Promise<void> {
  await sql.query(
    "DELETE FROM rollup_day WHERE tenant_id = $1 AND day = ($2::timestamptz AT TIME ZONE 'UTC')::date",
    [tenantId, day],
  );
  await sql.query(
    `INSERT INTO rollup_day (${recountColumns("day")}) ${recountDays({
      from: "rollup_hour r",
      where: "r.tenant_id = $1 AND r.hour >= $2 AND r.hour < $2::timestamptz + interval '24 hours'",
    })}`,
    [tenantId, day],
  );
}
