import type { Span } from "./rollup-read.ts";
import { type RollupStep, rollupSpans } from "./rollup-span.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What narrows the figures; null: everything. */
export type LatencyFilter = {
  readonly applicationIds: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly operations: readonly string[] | null;
};

/** Calls of one bucket of `histogramBounds` (0 for the first), of one region and model, in one step. */
export type LatencyBucket = {
  readonly at: Date;
  readonly region: string;
  readonly model: string;
  readonly measure: "total" | "first_byte";
  readonly bucket: number;
  readonly calls: number;
};

/** Read by getLatency: the histograms of a span, merged by step, region and model; empty buckets are left out. */
export async function latencyBuckets(
  sql: SqlTransaction,
  step: RollupStep,
  tenantIds: readonly string[],
  span: Span,
  filter: LatencyFilter,
): Promise<LatencyBucket[]> {
  const { at, within } = rollupSpans[step];
  return sql.query<LatencyBucket>(
    `SELECT ${at} AS at, r.region, r.model, m.measure, (b.bucket - 1)::int AS bucket, sum(b.calls)::bigint AS calls
       FROM rollup_${step} r
      CROSS JOIN LATERAL (VALUES ('total', r.latency), ('first_byte', r.ttft)) AS m (measure, counts)
      CROSS JOIN LATERAL unnest(m.counts) WITH ORDINALITY AS b (calls, bucket)
      WHERE r.tenant_id = ANY($1::uuid[]) AND ${within("$2", "$3")} AND b.calls > 0
        AND ($4::uuid[] IS NULL OR r.application_id = ANY($4))
        AND ($5::text[] IS NULL OR r.model = ANY($5))
        AND ($6::text[] IS NULL OR r.operation = ANY($6))
      GROUP BY 1, 2, 3, 4, 5`,
    [tenantIds, span.from, span.to, filter.applicationIds, filter.models, filter.operations],
  );
}

export type RollupChoices = { readonly models: readonly string[]; readonly operations: readonly string[] };

/** Read by getLatency and getUsage: what there is to narrow a span to, at most 200 of each, by name. */
export async function rollupChoices(
  sql: SqlTransaction,
  step: RollupStep,
  tenantIds: readonly string[],
  span: Span,
): Promise<RollupChoices> {
  const [row] = await sql.query<RollupChoices>(
    `SELECT coalesce((array_agg(DISTINCT model ORDER BY model))[1:200], '{}') AS models,
            coalesce((array_agg(DISTINCT operation ORDER BY operation))[1:200], '{}') AS operations
       FROM rollup_${step}
      WHERE tenant_id = ANY($1::uuid[]) AND ${rollupSpans[step].within("$2", "$3")}`,
    [tenantIds, span.from, span.to],
  );
  return row ?? { models: [], operations: [] };
}
