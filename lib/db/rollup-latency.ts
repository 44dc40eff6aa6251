import { unpackHistogram } from "./packed-histogram.ts";
import type { Span } from "./rollup-read.ts";
import { type RollupStep, rollupSpans } from "./rollup-span.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What narrows the figures; null: everything. */
export type LatencyFilter = {
  readonly applicationIds: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly operations: readonly string[] | null;
};

/** The merged histograms of one step and region, or of one region and model over the whole span. */
export type LatencyRow = {
  readonly at: Date | null;
  readonly region: string;
  readonly model: string | null;
  /** Calls per bucket of `histogramBounds`. */
  readonly total: readonly number[];
  readonly firstToken: readonly number[];
};

/** Read by getLatency: the histograms of a span, merged by step and region, and by region and model. */
export async function latencyRows(
  sql: SqlTransaction,
  step: RollupStep,
  tenantIds: readonly string[],
  span: Span,
  filter: LatencyFilter,
  buckets: number,
): Promise<LatencyRow[]> {
  const { at, within } = rollupSpans[step];
  const rows = await sql.query<PackedRow>(
    `WITH counted AS MATERIALIZED (
       SELECT ${at} AS at, r.region, r.model, sum(r.latency) AS latency, sum(r.ttft) AS ttft
         FROM rollup_${step} r
        WHERE r.tenant_id = ANY($1::uuid[]) AND ${within("$2", "$3")}
          AND ($4::uuid[] IS NULL OR r.application_id = ANY($4))
          AND ($5::text[] IS NULL OR r.model = ANY($5))
          AND ($6::text[] IS NULL OR r.operation = ANY($6))
        GROUP BY 1, 2, 3)
     SELECT at, region, NULL AS model, sum(latency)::text AS total, sum(ttft)::text AS "firstToken" FROM counted GROUP BY at, region
      UNION ALL
     SELECT NULL, region, model, sum(latency)::text, sum(ttft)::text FROM counted GROUP BY region, model`,
    [tenantIds, span.from, span.to, filter.applicationIds, filter.models, filter.operations],
  );
  return rows.map((row) => ({
    ...row,
    total: unpackHistogram(row.total, buckets),
    firstToken: unpackHistogram(row.firstToken, buckets),
  }));
}

type PackedRow = Omit<LatencyRow, "total" | "firstToken"> & {
  readonly total: string;
  readonly firstToken: string;
};

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
