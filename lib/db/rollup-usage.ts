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

/** A column, and under which name its sum is told. */
type Summed = readonly [column: string, name: string];

const priced: readonly Summed[] = [
  ["calls", "calls"],
  ["without_tokens", "withoutTokens"],
  ["input_tokens", "inputTokens"],
  ["cached_tokens", "cachedTokens"],
  ["output_tokens", "outputTokens"],
];

const told: readonly Summed[] = [
  ["calls", "calls"],
  ["errors", "errors"],
  ["input_tokens", "inputTokens"],
  ["output_tokens", "outputTokens"],
  ["cached_tokens", "cachedTokens"],
  ["reasoning_tokens", "reasoningTokens"],
  ["request_bytes", "requestBytes"],
  ["response_bytes", "responseBytes"],
];

/** Floats hold whole numbers up to 2^53, and are added faster than what PostgreSQL makes of a sum of bigints. */
function counted(columns: readonly string[]): string {
  return columns.map((column) => `sum(${column}::float8) AS ${column}`).join(", ");
}

function summed(sums: readonly Summed[]): string {
  return sums.map(([column, name]) => `sum(${column}) AS "${name}"`).join(", ");
}

function listed(sums: readonly Summed[]): string {
  return sums.map(([column, name]) => `json_agg(${column}) AS "${name}"`).join(", ");
}

/**
 * Read by getUsage: what a page shows of a span. Its rows are many, a reader of 7 days looks at 14, and to group them costs more than to look
 * at them: what is told apart of the span, what the key has over time, and what costs the same over time are grouped from the rows
 * each by itself, with no more columns than it has; the last two come as lists, because a row for each step would cost more
 * than the sums do. `parts`: starts of what is told apart of the span; `changes`: of days with another price; both ascending.
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
  const rows = `FROM rollup_${step} WHERE ${condition(step)}`;
  const starts = step === "hour" ? "timestamptz[]" : "date[]";
  const key = columns[by];
  // Regions and models over time are told by what costs the same over time.
  const isPriced = by === "region" || by === "model";
  const steps = isPriced
    ? `SELECT at, ${by} AS key, ${summed([["calls", "calls"]])}, sum(input_tokens + output_tokens) AS tokens FROM timed GROUP BY 1, 2`
    : `SELECT ${step} AS at, ${key} AS key, ${counted(["calls"])}, sum((input_tokens + output_tokens)::float8) AS tokens ${rows} GROUP BY 1, 2`;
  const second = "json_agg(extract(epoch FROM at)::bigint) AS at";
  const all = (of: string) => `(SELECT coalesce(json_agg(x), '[]')::text FROM (${of}) x)`;
  const [row] = await sql.query<Record<keyof UsageRead, string>>(
    `WITH told AS MATERIALIZED (
       SELECT width_bucket(${step}, $8::${starts}) AS part, width_bucket(${step}, $9::${starts}) AS period, ${key} AS key, band,
              region AS of_region, model AS of_model, simulated, ${counted([...told.map(([column]) => column), "without_tokens"])}
         ${rows} GROUP BY 1, 2, 3, 4, 5, 6, 7),
     timed AS MATERIALIZED (
       SELECT ${step} AS at, region, model, simulated, ${counted(priced.map(([column]) => column))} ${rows} GROUP BY 1, 2, 3, 4)
     SELECT ${all(`SELECT part, key, band, ${summed(told)} FROM told GROUP BY 1, 2, 3`)} AS sums,
            ${all(`SELECT part, period, key, of_region AS region, of_model AS model, simulated, ${summed(priced)}
                     FROM told WHERE of_region <> 'none' GROUP BY 1, 2, 3, 4, 5, 6`)} AS priced,
            ${all(`SELECT key, ${second}, json_agg(calls) AS calls, json_agg(tokens) AS tokens FROM (${steps}) y GROUP BY 1`)} AS steps,
            ${all(`SELECT region, model, simulated, ${second}, ${listed(priced)}
                     FROM timed WHERE region <> 'none' GROUP BY 1, 2, 3`)} AS "pricedSteps"`,
    [...values(tenantIds, span, filter), starting(step, parts), starting(step, changes)],
  );
  if (!row) throw new Error("The usage was not told.");
  return {
    sums: JSON.parse(row.sums) as UsageSums[],
    priced: JSON.parse(row.priced) as PricedSums[],
    steps: JSON.parse(row.steps) as KeySteps[],
    pricedSteps: JSON.parse(row.pricedSteps) as PricedSteps[],
  };
}

const dayMs = 86_400_000;

/** Instants as rows are held against them: a UTC day begins at or after one where it does so after the day that one begins. */
function starting(step: RollupStep, instants: readonly Date[]): readonly (Date | string)[] {
  if (step === "hour") return instants;
  return instants.map((at) => new Date(Math.ceil(at.getTime() / dayMs) * dayMs).toISOString().slice(0, 10));
}
