import type { TimeStep } from "../contracts/time-step.ts";
import { type CallFilter, filterValues, rollupCondition } from "./call-filter.ts";
import { countedOf, rollupSpans, type Span, stretchesOf } from "./rollup-span.ts";
import { byTenant } from "./spread.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** Calls of one combination of the facets. */
export type FacetRow = {
  readonly verdict: string;
  readonly band: string;
  readonly causes: string;
  readonly region: string;
  readonly host: string;
  readonly model: string;
  readonly operation: string;
  readonly applicationId: string;
  readonly source: string;
  readonly basis: string;
  readonly calls: number;
};

/** A tenant, and since when its calls are there; null: since its first. */
export type TenantSince = { readonly tenantId: string; readonly since: Date | null };

const facetColumns = "verdict, band, causes, region, host, model, operation, application_id, source, basis";

/**
 * Read by listCalls and previewReport: what the facets are counted from, all of it, in no order; exactly the calls of the span, as the list has
 * them. Whole days come from their own rollup: a month is thirty days and two broken ones, not 744 hours. Of the hours at both
 * ends half an hour of rows each is read at most, through the primary key.
 */
export async function facetRows(
  sql: SqlTransaction,
  tenants: readonly TenantSince[],
  span: Span,
): Promise<FacetRow[]> {
  const { hours, edges } = countedOf(span, Date.now());
  return withoutSort(sql, () =>
    byTenant(sql, tenants, (some, pinned) => {
      const edge = (at: number) => `
        SELECT c.verdict, coalesce(c.band, 'none'), array_to_string(c.causes, ','), c.region_dim, c.host_dim, c.model_dim, c.operation,
               c.application_id, c.source, c.basis, $${at + 2}::bigint
          FROM call c
         WHERE c.tenant_id = tenant.id AND ${pinned("c.tenant_id")} AND (tenant.since IS NULL OR c.started_at >= tenant.since)
           AND c.started_at >= $${at}::timestamptz AND c.started_at < $${at + 1}::timestamptz`;
      return sql.query<FacetRow>(
        `SELECT verdict, band, causes, region, host, model, operation, application_id AS "applicationId", source, basis,
            sum(calls)::bigint AS calls
       FROM unnest($1::uuid[], $2::timestamptz[]) AS tenant (id, since)
      CROSS JOIN LATERAL (
        SELECT ${facetColumns}, calls FROM rollup_hour
         WHERE tenant_id = tenant.id AND ${pinned("tenant_id")} AND hour >= greatest(tenant.since, $3) AND hour < $4
        UNION ALL
        SELECT ${facetColumns}, calls FROM rollup_day
         WHERE tenant_id = tenant.id AND ${pinned("tenant_id")} AND day >= greatest((tenant.since AT TIME ZONE 'UTC')::date, $5::date) AND day < $6::date
        UNION ALL
        SELECT ${facetColumns}, calls FROM rollup_hour
         WHERE tenant_id = tenant.id AND ${pinned("tenant_id")} AND hour >= greatest(tenant.since, $7) AND hour < $8
        UNION ALL ${edge(9)}
        UNION ALL ${edge(12)}) counted
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(calls) > 0`,
        [
          some.map(({ tenantId }) => tenantId),
          some.map(({ since }) => since),
          ...stretchesOf(hours),
          ...edges.flatMap(({ from, to, sign }) => [from, to, sign]),
        ],
      );
    }),
  );
}

/**
 * Has rows grouped by hashes of their keys. Row security hides from the planner how many rows it will be, and for few rows it
 * holds sorting them for as cheap, and keeps the order that nobody asked for: with ten text columns that takes three times as long.
 */
async function withoutSort<T>(sql: SqlTransaction, read: () => Promise<T>): Promise<T> {
  await sql.query("SET LOCAL enable_sort = off");
  const rows = await read();
  // Where it failed the transaction ends, and the setting with it.
  await sql.query("SET LOCAL enable_sort TO DEFAULT");
  return rows;
}

/** Read by listCalls and getOverview: the hour of the first recorded call, through the primary key. */
export async function firstHour(sql: SqlTransaction, tenantIds: readonly string[]): Promise<Date | null> {
  const [row] = await sql.query<{ hour: Date | null }>(
    `SELECT min(first.hour) AS hour FROM recording_head AS tenant
       CROSS JOIN LATERAL (
         SELECT r.hour FROM rollup_hour r WHERE r.tenant_id = tenant.tenant_id ORDER BY r.hour LIMIT 1) first
      WHERE tenant.tenant_id = ANY($1::uuid[])`,
    [tenantIds],
  );
  return row?.hour ?? null;
}

/** Read by listCalls: the UTC days that a span touches and that hold anything to find, newest first, and how much. */
export async function matchingDays(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  span: Span,
  filter: CallFilter,
): Promise<{ day: Date; matching: number }[]> {
  return sql.query(
    `SELECT r.day::timestamp AT TIME ZONE 'UTC' AS day, sum(r.calls)::bigint AS matching
       FROM rollup_day r
      WHERE r.tenant_id = ANY($1::uuid[]) AND ${rollupSpans.day.within("$2", "$3")} AND ${rollupCondition(4)}
      GROUP BY r.day ORDER BY r.day DESC`,
    [tenantIds, span.from, span.to, ...filterValues(filter)],
  );
}

export type MatchingHour = { readonly hour: Date; readonly all: number; readonly matching: number };

/**
 * Read by listCalls: in which hours of these days there is anything to find, newest first, and how much there is to look at. A
 * look at each day of each tenant through the primary key, whatever the planner thinks of how many there are.
 */
export async function matchingHours(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  days: readonly Date[],
  span: Span,
  filter: CallFilter,
): Promise<MatchingHour[]> {
  const hours = await byTenant(sql, tenantIds, (some, pinned) =>
    sql.query<MatchingHour>(
      `SELECT hour, sum(calls)::bigint AS all, coalesce(sum(calls) FILTER (WHERE matches), 0)::bigint AS matching
         FROM unnest($1::uuid[]) AS tenant (id) CROSS JOIN unnest($2::timestamptz[]) AS on_day (begins)
        CROSS JOIN LATERAL (
          SELECT r.hour, r.calls, ${rollupCondition(5)} AS matches FROM rollup_hour r
           WHERE r.tenant_id = tenant.id AND ${pinned("r.tenant_id")}
             AND r.hour >= greatest(on_day.begins, date_trunc('hour', $3::timestamptz, 'UTC'))
             AND r.hour < least(on_day.begins + interval '24 hours', $4) OFFSET 0) counted
        GROUP BY hour`,
      [some, days, span.from, span.to, ...filterValues(filter)],
    ),
  );
  const merged = new Map<number, MatchingHour>();
  for (const { hour, all, matching } of hours) {
    const other = merged.get(hour.getTime());
    merged.set(hour.getTime(), {
      hour,
      all: all + (other?.all ?? 0),
      matching: matching + (other?.matching ?? 0),
    });
  }
  return [...merged.values()]
    .filter(({ matching }) => matching > 0)
    .sort((a, b) => b.hour.getTime() - a.hour.getTime());
}

export type OverviewRow = {
  readonly at: Date;
  /** Of the hour or day that runs, which is compared with nothing. */
  readonly running: boolean;
  readonly region: string;
  readonly band: string;
  readonly verdict: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly withoutEnd: number;
};

/** Read by getOverview, floats as in readUsage: bands and regions per step, of these applications where some are named. `wholeTo`: where the hour or day that runs begins. */
export async function overviewRows(
  sql: SqlTransaction,
  query: {
    step: TimeStep;
    tenantIds: readonly string[];
    span: Span;
    applicationIds: readonly string[] | null;
    wholeTo: Date;
  },
): Promise<OverviewRow[]> {
  const { step, tenantIds, span, applicationIds, wholeTo } = query;
  const { table, counted, at } = rollupSpans[step];
  return sql.query<OverviewRow>(
    `SELECT ${at("$2")} AS at, ${counted} >= $5::timestamptz AS running, region, band, verdict, sum(calls::float8) AS calls,
            sum(input_tokens::float8) AS "inputTokens", sum(output_tokens::float8) AS "outputTokens",
            sum(without_end::float8) AS "withoutEnd"
       FROM ${table} WHERE ${overviewCondition(step)}
      GROUP BY 1, 2, 3, 4, 5 ORDER BY 1`,
    [tenantIds, span.from, span.to, applicationIds, wholeTo],
  );
}

export type BandRow = Pick<OverviewRow, "band" | "calls">;

/** Read by getOverview: the bands of a span. */
export async function bandRows(
  sql: SqlTransaction,
  step: TimeStep,
  tenantIds: readonly string[],
  span: Span,
  applicationIds: readonly string[] | null,
): Promise<BandRow[]> {
  return sql.query<BandRow>(
    `SELECT band, sum(calls::float8) AS calls FROM ${rollupSpans[step].table} WHERE ${overviewCondition(step)} GROUP BY 1`,
    [tenantIds, span.from, span.to, applicationIds],
  );
}

/** `$1` to `$4`. */
function overviewCondition(step: TimeStep): string {
  return `tenant_id = ANY($1::uuid[]) AND ${rollupSpans[step].within("$2", "$3")}
        AND ($4::uuid[] IS NULL OR application_id = ANY($4))`;
}
