import type { UsageDimension } from "../contracts/usage.ts";
import type { Span } from "./rollup-read.ts";
import { type RollupStep, rollupSpans } from "./rollup-span.ts";
import { isSpread } from "./spread.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What narrows the figures; null: everything. */
export type UsageFilter = {
  readonly applicationIds: readonly string[] | null;
  readonly regions: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly operations: readonly string[] | null;
};

export type UsageSums = {
  readonly at: Date;
  /** Of the dimension; ids of applications and tenants. */
  readonly key: string;
  readonly band: string;
  readonly calls: number;
  readonly errors: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
  readonly reasoningTokens: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
};

const columns: Readonly<Record<UsageDimension, string>> = {
  region: "region",
  model: "model",
  operation: "operation",
  application: "application_id::text",
  tenant: "tenant_id::text",
};

/** `$1` to `$7` of both statements. */
function condition(step: RollupStep): string {
  return `tenant_id = ANY($1::uuid[]) AND ${rollupSpans[step].within("$2", "$3")}
        AND ($4::uuid[] IS NULL OR application_id = ANY($4))
        AND ($5::text[] IS NULL OR region = ANY($5))
        AND ($6::text[] IS NULL OR model = ANY($6))
        AND ($7::text[] IS NULL OR operation = ANY($7))`;
}

function values(tenantIds: readonly string[], span: Span, filter: UsageFilter): unknown[] {
  const { applicationIds, regions, models, operations } = filter;
  return [tenantIds, span.from, span.to, applicationIds, regions, models, operations];
}

/** Read by getUsage: sums per step, key and band. */
export async function usageSums(
  sql: SqlTransaction,
  step: RollupStep,
  by: UsageDimension,
  tenantIds: readonly string[],
  span: Span,
  filter: UsageFilter,
): Promise<UsageSums[]> {
  return sql.query<UsageSums>(
    `SELECT ${rollupSpans[step].at} AS at, ${columns[by]} AS key, band, sum(calls)::bigint AS calls,
            sum(errors)::bigint AS errors,
            sum(input_tokens)::bigint AS "inputTokens", sum(output_tokens)::bigint AS "outputTokens",
            sum(cached_tokens)::bigint AS "cachedTokens", sum(reasoning_tokens)::bigint AS "reasoningTokens",
            sum(request_bytes)::bigint AS "requestBytes", sum(response_bytes)::bigint AS "responseBytes"
       FROM rollup_${step}
      WHERE ${condition(step)}
      GROUP BY 1, 2, 3`,
    values(tenantIds, span, filter),
  );
}

/** Tokens that cost the same: of one region, model and period of prices, by key or by step. */
export type PricedSums = {
  /** Of the dimension; null where it is counted by step. */
  readonly key: string | null;
  /** Start of the step; null where it is counted by key. */
  readonly at: Date | null;
  /** 0 before the first of the parts' starts, 1 from it on, and so forth. */
  readonly part: number;
  readonly region: string;
  readonly model: string;
  readonly simulated: boolean;
  /** 0 before the first of the changes, 1 from it on, and so forth. */
  readonly period: number;
  readonly calls: number;
  readonly withoutTokens: number;
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
};

/**
 * Read by getUsage: what was sent, by whatever a price hangs on, once by key and once by step. `parts`: starts of
 * what is told apart of the span, `changes`: of days with another price, both ascending.
 */
export async function pricedSums(
  sql: SqlTransaction,
  step: RollupStep,
  by: UsageDimension,
  tenantIds: readonly string[],
  span: Span,
  filter: UsageFilter,
  { parts, changes }: { readonly parts: readonly Date[]; readonly changes: readonly Date[] },
): Promise<PricedSums[]> {
  const { at } = rollupSpans[step];
  const select = (key: string, of: string, grouping: string) =>
    `SELECT ${key} AS key, ${of} AS at, r.part, r.of_region AS region, r.of_model AS model, r.simulated, r.period,
            sum(calls)::bigint AS calls, sum(without_tokens)::bigint AS "withoutTokens",
            sum(input_tokens)::bigint AS "inputTokens", sum(cached_tokens)::bigint AS "cachedTokens",
            sum(output_tokens)::bigint AS "outputTokens"
       FROM (SELECT ${columns[by]} AS key, ${at} AS at, width_bucket(${at}, $8::timestamptz[]) AS part, region AS of_region,
                    model AS of_model, simulated, width_bucket(${at}, $9::timestamptz[]) AS period, calls, without_tokens,
                    input_tokens, cached_tokens, output_tokens
               FROM rollup_${step}
              WHERE ${condition(step)} AND region <> 'none') r
      GROUP BY ${grouping}`;
  const same = "r.part, r.of_region, r.of_model, r.simulated, r.period";
  // Several nodes are asked for no grouping sets.
  const text = (await isSpread(sql))
    ? `${select("r.key", "NULL::timestamptz", `${same}, r.key`)} UNION ALL ${select("NULL::text", "r.at", `${same}, r.at`)}`
    : select("r.key", "r.at", `GROUPING SETS ((${same}, r.key), (${same}, r.at))`);
  return sql.query<PricedSums>(text, [...values(tenantIds, span, filter), parts, changes]);
}
