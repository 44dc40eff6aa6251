import type { UsageDimension } from "../contracts/usage.ts";
import type { Span } from "./rollup-read.ts";
import { type RollupStep, rollupSpans } from "./rollup-span.ts";
import type { SqlTransaction } from "./with-tenant.ts";

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

/** Read by getUsage: sums per step, key and band, of these applications where some are named. */
export async function usageSums(
  sql: SqlTransaction,
  step: RollupStep,
  by: UsageDimension,
  tenantIds: readonly string[],
  span: Span,
  applicationIds: readonly string[] | null,
): Promise<UsageSums[]> {
  const { at, within } = rollupSpans[step];
  return sql.query<UsageSums>(
    `SELECT ${at} AS at, ${columns[by]} AS key, band, sum(calls)::bigint AS calls, sum(errors)::bigint AS errors,
            sum(input_tokens)::bigint AS "inputTokens", sum(output_tokens)::bigint AS "outputTokens",
            sum(cached_tokens)::bigint AS "cachedTokens", sum(reasoning_tokens)::bigint AS "reasoningTokens",
            sum(request_bytes)::bigint AS "requestBytes", sum(response_bytes)::bigint AS "responseBytes"
       FROM rollup_${step}
      WHERE tenant_id = ANY($1::uuid[]) AND ${within("$2", "$3")}
        AND ($4::uuid[] IS NULL OR application_id = ANY($4))
      GROUP BY 1, 2, 3`,
    [tenantIds, span.from, span.to, applicationIds],
  );
}
