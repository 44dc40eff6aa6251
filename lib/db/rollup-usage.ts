import type { UsageDimension } from "../contracts/usage.ts";
import type { Span } from "./rollup-read.ts";
import { type RollupStep, rollupSpans } from "./rollup-span.ts";
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

/** Tokens that cost the same: of one key, region, model and period of prices. */
export type PricedSums = {
  /** Of the dimension, or the start of the step in milliseconds since 1970. */
  readonly key: string;
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

/** Read by getUsage: what was sent, by whatever a price hangs on. `changes`: starts of days with another price, ascending. */
export async function pricedSums(
  sql: SqlTransaction,
  step: RollupStep,
  by: UsageDimension | "step",
  tenantIds: readonly string[],
  span: Span,
  filter: UsageFilter,
  changes: readonly Date[],
): Promise<PricedSums[]> {
  const { at } = rollupSpans[step];
  const key = by === "step" ? `(extract(epoch FROM ${at}) * 1000)::bigint::text` : columns[by];
  return sql.query<PricedSums>(
    `SELECT ${key} AS key, region, model, simulated, width_bucket(${at}, $8::timestamptz[]) AS period,
            sum(calls)::bigint AS calls, sum(without_tokens)::bigint AS "withoutTokens",
            sum(input_tokens)::bigint AS "inputTokens", sum(cached_tokens)::bigint AS "cachedTokens",
            sum(output_tokens)::bigint AS "outputTokens"
       FROM rollup_${step}
      WHERE ${condition(step)} AND region <> 'none'
      GROUP BY 1, 2, 3, 4, 5`,
    [...values(tenantIds, span, filter), changes],
  );
}
