import { type CallFilter, filterValues, rollupCondition } from "./call-filter.ts";
import { type RollupStep, rollupSpans } from "./rollup-span.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type Span = { readonly from: Date; readonly to: Date };

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

/** Read by listCalls: what the facets are counted from; every UTC hour that the span touches. */
export async function facetRows(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  span: Span,
): Promise<FacetRow[]> {
  return sql.query<FacetRow>(
    `SELECT verdict, band, causes, region, host, model, operation, application_id AS "applicationId", source, basis,
            sum(calls)::bigint AS calls
       FROM rollup_hour
      WHERE tenant_id = ANY($1::uuid[]) AND hour >= date_trunc('hour', $2::timestamptz, 'UTC') AND hour < $3
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY calls DESC LIMIT 50000`,
    [tenantIds, span.from, span.to],
  );
}

/** Read by listCalls and getOverview: the hour of the first recorded call, through the primary key. */
export async function firstHour(sql: SqlTransaction, tenantIds: readonly string[]): Promise<Date | null> {
  const [row] = await sql.query<{ hour: Date | null }>(
    `SELECT min(first.hour) AS hour FROM unnest($1::uuid[]) AS tenant (id)
       CROSS JOIN LATERAL (
         SELECT r.hour FROM rollup_hour r WHERE r.tenant_id = tenant.id ORDER BY r.hour LIMIT 1) first`,
    [tenantIds],
  );
  return row?.hour ?? null;
}

export type MatchingHour = { readonly hour: Date; readonly all: number; readonly matching: number };

/** Read by listCalls: in which hours there is anything to find, newest first, and how much there is to look at. */
export async function matchingHours(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  span: Span,
  filter: CallFilter,
): Promise<MatchingHour[]> {
  return sql.query<MatchingHour>(
    `SELECT r.hour, sum(r.calls)::bigint AS all, (sum(r.calls) FILTER (WHERE ${rollupCondition(4)}))::bigint AS matching
       FROM rollup_hour r
      WHERE r.tenant_id = ANY($1::uuid[]) AND r.hour >= date_trunc('hour', $2::timestamptz, 'UTC') AND r.hour < $3
      GROUP BY r.hour HAVING sum(r.calls) FILTER (WHERE ${rollupCondition(4)}) > 0 ORDER BY r.hour DESC`,
    [tenantIds, span.from, span.to, ...filterValues(filter)],
  );
}

export type OverviewRow = {
  readonly at: Date;
  readonly region: string;
  readonly band: string;
  readonly verdict: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly withoutEnd: number;
};

/** Read by getOverview: bands and regions per hour or per day, of these applications where some are named. */
export async function overviewRows(
  sql: SqlTransaction,
  step: RollupStep,
  tenantIds: readonly string[],
  span: Span,
  applicationIds: readonly string[] | null,
): Promise<OverviewRow[]> {
  const { at, within } = rollupSpans[step];
  return sql.query<OverviewRow>(
    `SELECT ${at} AS at, region, band, verdict, sum(calls)::bigint AS calls,
            sum(input_tokens)::bigint AS "inputTokens", sum(output_tokens)::bigint AS "outputTokens",
            sum(without_end)::bigint AS "withoutEnd"
       FROM rollup_${step} WHERE tenant_id = ANY($1::uuid[]) AND ${within("$2", "$3")}
        AND ($4::uuid[] IS NULL OR application_id = ANY($4))
      GROUP BY 1, 2, 3, 4 ORDER BY 1`,
    [tenantIds, span.from, span.to, applicationIds],
  );
}
