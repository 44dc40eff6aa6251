import type { TimeStep } from "../contracts/time-step.ts";
import { rollupSpans, type Span } from "./rollup-span.ts";
import { isSpread } from "./spread.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What narrows the figures; null: everything. */
export type LatencyFilter = {
  readonly applicationIds: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly operations: readonly string[] | null;
};

/** Merged histograms, packed. */
export type PackedHistograms = { readonly total: string; readonly firstToken: string };

/** Of one step and region, or of one region and model over the whole span. */
export type LatencyRow = PackedHistograms & {
  readonly at: Date | null;
  readonly region: string;
  readonly model: string | null;
};

/** Read by getLatency: the histograms of a span, merged by step and region, and by region and model. */
export async function latencyRows(
  sql: SqlTransaction,
  step: TimeStep,
  tenantIds: readonly string[],
  span: Span,
  filter: LatencyFilter,
): Promise<LatencyRow[]> {
  const { table, at } = rollupSpans[step];
  const select = (columns: string, sum: string, grouping: string) =>
    `SELECT ${columns}, ${sum}(r.latency)::text AS total, ${sum}(r.ttft)::text AS "firstToken"
       FROM ${table} r WHERE ${matching(step)} GROUP BY ${grouping}`;
  // Several nodes are asked for no grouping sets, and know sum() alone.
  const text = (await isSpread(sql))
    ? `${select(`${at("$2")} AS at, r.region, NULL::text AS model`, "sum", "1, 2")} UNION ALL
       ${select("NULL::timestamptz AS at, r.region, r.model", "sum", "2, 3")}`
    : select(`${at("$2")} AS at, r.region, r.model`, "histogram_sum", "GROUPING SETS ((1, 2), (2, 3))");
  return sql.query<LatencyRow>(text, values(tenantIds, span, filter));
}

export type RegionHistograms = PackedHistograms & { readonly region: string };

/** Read by getLatency: the histograms of a span, merged by region. */
export async function regionHistograms(
  sql: SqlTransaction,
  step: TimeStep,
  tenantIds: readonly string[],
  span: Span,
  filter: LatencyFilter,
): Promise<RegionHistograms[]> {
  return sql.query<RegionHistograms>(
    `SELECT r.region, sum(r.latency)::text AS total, sum(r.ttft)::text AS "firstToken"
       FROM ${rollupSpans[step].table} r WHERE ${matching(step)} GROUP BY 1`,
    values(tenantIds, span, filter),
  );
}

/** Rows of `rollup_hour r` or `rollup_day r`; `$1` to `$6`. What reached no provider tells nothing of how fast one is; what Domicile asks for itself is nobody's use. */
function matching(step: TimeStep): string {
  return `r.tenant_id = ANY($1::uuid[]) AND ${rollupSpans[step].within("$2", "$3")}
        AND r.region <> 'none' AND r.source <> 'upkeep'
        AND ($4::uuid[] IS NULL OR r.application_id = ANY($4))
        AND ($5::text[] IS NULL OR r.model = ANY($5))
        AND ($6::text[] IS NULL OR r.operation = ANY($6))`;
}

function values(tenantIds: readonly string[], span: Span, filter: LatencyFilter): unknown[] {
  return [tenantIds, span.from, span.to, filter.applicationIds, filter.models, filter.operations];
}

export type RollupChoices = { readonly models: readonly string[]; readonly operations: readonly string[] };

/** Read by getLatency: what there is to narrow a span to, at most 200 of each, by name. */
export async function rollupChoices(
  sql: SqlTransaction,
  step: TimeStep,
  tenantIds: readonly string[],
  span: Span,
): Promise<RollupChoices> {
  const [row] = await sql.query<RollupChoices>(
    `SELECT coalesce((array_agg(DISTINCT model ORDER BY model))[1:200], '{}') AS models,
            coalesce((array_agg(DISTINCT operation ORDER BY operation))[1:200], '{}') AS operations
       FROM (SELECT DISTINCT model, operation FROM ${rollupSpans[step].table}
              WHERE tenant_id = ANY($1::uuid[]) AND ${rollupSpans[step].within("$2", "$3")}) known`,
    [tenantIds, span.from, span.to],
  );
  return row ?? { models: [], operations: [] };
}
