import type { UsageDimension } from "../contracts/usage.ts";
import { type RollupStep, rollupSpans, type Span } from "./rollup-span.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What narrows the figures; null: everything. */
export type UsageFilter = {
  readonly applicationIds: readonly string[] | null;
  readonly regions: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly operations: readonly string[] | null;
};

/** Sums of a part of the span, by key and band. */
export type UsageSums = {
  /** 0 before the first of the parts' starts, 1 from it on, and so forth. */
  readonly part: number;
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

/** Calls and tokens that cost the same: of one region and model. What was not sent is not among them. */
export type Priced<Sum> = {
  readonly region: string;
  readonly model: string;
  readonly simulated: boolean;
  readonly calls: Sum;
  readonly withoutTokens: Sum;
  readonly inputTokens: Sum;
  readonly cachedTokens: Sum;
  readonly outputTokens: Sum;
};

/** Of one part and key. `period`: 0 before the first of the changes, 1 from it on, and so forth. */
export type PricedSums = Priced<number> & Pick<UsageSums, "part" | "key"> & { readonly period: number };

/** Figures over time, side by side. `at`: starts of steps, in seconds since 1970, in no order. */
type Steps = { readonly at: readonly number[] };
export type KeySteps = Steps & {
  readonly key: string;
  readonly calls: readonly number[];
  readonly tokens: readonly number[];
};
export type PricedSteps = Steps & Priced<readonly number[]>;

export type UsageRead = {
  readonly sums: readonly UsageSums[];
  readonly priced: readonly PricedSums[];
  readonly steps: readonly KeySteps[];
  readonly pricedSteps: readonly PricedSteps[];
};

const columns: Readonly<Record<UsageDimension, string>> = {
  region: "region",
  model: "model",
  operation: "operation",
  application: "application_id::text",
  tenant: "tenant_id::text",
};

/** `$1` to `$7`. */
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

const told = [
  "calls",
  "errors",
  "without_tokens",
  "input_tokens",
  "output_tokens",
  "cached_tokens",
  "reasoning_tokens",
  "request_bytes",
  "response_bytes",
];

/**
 * Read by getUsage: what a page shows of a span, from one look at its rows, which are wide and many: a reader of 7 days looks
 * at 14. Sums are floats, which hold whole numbers up to 2^53 and are added faster than numerics; what is over time comes as
 * lists, because a row for each step would cost more than the sums do. `parts`: starts of what is told apart of the span;
 * `changes`: of days with another price; both ascending.
 */
export async function readUsage(
  sql: SqlTransaction,
  step: RollupStep,
  by: UsageDimension,
  tenantIds: readonly string[],
  span: Span,
  filter: UsageFilter,
  { parts, changes }: { readonly parts: readonly Date[]; readonly changes: readonly Date[] },
): Promise<UsageRead> {
  const part = "width_bucket(at, $8::timestamptz[]) AS part";
  const second = "json_agg(extract(epoch FROM at)::bigint) AS at";
  const listed = (names: readonly string[]) =>
    names.map((name) => `json_agg("${name}") AS "${name}"`).join(", ");
  const priced = `sum(calls) AS calls, sum(without_tokens) AS "withoutTokens", sum(input_tokens) AS "inputTokens",
      sum(cached_tokens) AS "cachedTokens", sum(output_tokens) AS "outputTokens"`;
  const all = (of: string) => `(SELECT coalesce(json_agg(x), '[]')::text FROM (${of}) x)`;
  const [row] = await sql.query<Record<keyof UsageRead, string>>(
    `WITH told AS MATERIALIZED (
       SELECT ${rollupSpans[step].at} AS at, ${columns[by]} AS key, band, region AS of_region, model AS of_model, simulated,
              ${told.map((name) => `sum(${name}::float8) AS ${name}`).join(", ")}
         FROM rollup_${step} WHERE ${condition(step)} GROUP BY 1, 2, 3, 4, 5, 6)
     SELECT ${all(`SELECT ${part}, key, band, sum(calls) AS calls, sum(errors) AS errors, sum(input_tokens) AS "inputTokens",
                          sum(output_tokens) AS "outputTokens", sum(cached_tokens) AS "cachedTokens",
                          sum(reasoning_tokens) AS "reasoningTokens", sum(request_bytes) AS "requestBytes",
                          sum(response_bytes) AS "responseBytes"
                     FROM told GROUP BY 1, 2, 3`)} AS sums,
            ${all(`SELECT ${part}, width_bucket(at, $9::timestamptz[]) AS period, key, of_region AS region, of_model AS model,
                          simulated, ${priced}
                     FROM told WHERE of_region <> 'none' GROUP BY 1, 2, 3, 4, 5, 6`)} AS priced,
            ${all(`SELECT key, ${second}, ${listed(["calls", "tokens"])}
                     FROM (SELECT key, at, sum(calls) AS calls, sum(input_tokens + output_tokens) AS tokens
                             FROM told GROUP BY 1, 2) y GROUP BY 1`)} AS steps,
            ${all(`SELECT region, model, simulated, ${second},
                          ${listed(["calls", "withoutTokens", "inputTokens", "cachedTokens", "outputTokens"])}
                     FROM (SELECT of_region AS region, of_model AS model, simulated, at, ${priced}
                             FROM told WHERE of_region <> 'none' GROUP BY 1, 2, 3, 4) y GROUP BY 1, 2, 3`)} AS "pricedSteps"`,
    [...values(tenantIds, span, filter), parts, changes],
  );
  if (!row) throw new Error("The usage was not told.");
  return {
    sums: JSON.parse(row.sums) as UsageSums[],
    priced: JSON.parse(row.priced) as PricedSums[],
    steps: JSON.parse(row.steps) as KeySteps[],
    pricedSteps: JSON.parse(row.pricedSteps) as PricedSteps[],
  };
}
