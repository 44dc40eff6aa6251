import type { TimeStep } from "../contracts/time-step.ts";
import type { UsageDimension, UsageFigures } from "../contracts/usage.ts";
import { freeOperations } from "../core/prices/free-operations.ts";
import { rollupSpans, type Span } from "./rollup-span.ts";
import { isSpread } from "./spread.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What narrows the figures; null: everything. */
export type UsageFilter = {
  readonly applicationIds: readonly string[] | null;
  readonly regions: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly operations: readonly string[] | null;
};

/** Sums by key and band. */
export type UsageSums = UsageFigures & {
  /** Of the hour or day that runs, which is compared with nothing. */
  readonly running: boolean;
  /** Of the dimension; ids of applications and tenants. */
  readonly key: string;
  readonly band: string;
};

/**
 * Calls and tokens that cost the same: of one region and model. Not among them is what was not sent, and what runs no model
 * and told no tokens, as lists and deletions do.
 */
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

/** `period`: 0 before the first of the changes, 1 from it on, and so forth. */
type InPeriod = { readonly period: number };

/** Of one key. */
export type PricedSums = Priced<number> & InPeriod & Pick<UsageSums, "running" | "key">;

/** Figures over time, side by side. `at`: starts of steps, in seconds since 1970, in no order. */
type Steps = { readonly at: readonly number[] };
export type KeySteps = Steps & {
  readonly key: string;
  readonly calls: readonly number[];
  readonly tokens: readonly number[];
};
export type PricedSteps = Steps & InPeriod & Priced<readonly number[]>;

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
  application: "application_id",
  tenant: "tenant_id",
};

/** `$1` to `$7`. What Domicile asks for itself is nobody's use. */
function condition(step: TimeStep): string {
  return `tenant_id = ANY($1::uuid[]) AND ${rollupSpans[step].within("$2", "$3")} AND source <> 'upkeep'
        AND ($4::uuid[] IS NULL OR application_id = ANY($4))
        AND ($5::text[] IS NULL OR region = ANY($5))
        AND ($6::text[] IS NULL OR model = ANY($6))
        AND ($7::text[] IS NULL OR operation = ANY($7))`;
}

function values(tenantIds: readonly string[], span: Span, filter: UsageFilter): unknown[] {
  const { applicationIds, regions, models, operations } = filter;
  return [tenantIds, span.from, span.to, applicationIds, regions, models, operations];
}

/** A column of the rollups, and how it is called here. */
type Told = readonly [column: string, name: string];

const shown: readonly Told[] = [
  ["calls", "calls"],
  ["errors", "errors"],
  ["input_tokens", "inputTokens"],
  ["output_tokens", "outputTokens"],
  ["cached_tokens", "cachedTokens"],
  ["reasoning_tokens", "reasoningTokens"],
  ["request_bytes", "requestBytes"],
  ["response_bytes", "responseBytes"],
];

const priced: readonly Told[] = [
  ["calls", "calls"],
  ["without_tokens", "withoutTokens"],
  ["input_tokens", "inputTokens"],
  ["cached_tokens", "cachedTokens"],
  ["output_tokens", "outputTokens"],
];

const told = [...new Set([...shown, ...priced].map(([column]) => column))];

/** Where a step has few keys, its rows are summed before they are grouped three times; else that costs more than it saves. */
const summedFirst: ReadonlySet<UsageDimension> = new Set(["region", "model"]);

/** What is told of one key by band and price, of keys over time, and of prices over time. */
const groups = {
  sums: ["running", "period", "key", "band", "of_region", "of_model", "simulated"],
  keySteps: ["key", "at"],
  pricedSteps: ["period", "of_region", "of_model", "simulated", "at"],
} as const;

const groupable = [...new Set(Object.values(groups).flat())];

/** How a row of `told` says which of the groups it is of: what others are grouped by is null in it. */
const isOf: Readonly<Record<keyof typeof groups, string>> = {
  sums: "running IS NOT NULL",
  keySteps: "simulated IS NULL",
  pricedSteps: "running IS NULL AND simulated IS NOT NULL",
};

export type UsageQuestion = {
  readonly step: TimeStep;
  readonly by: UsageDimension;
  readonly tenantIds: readonly string[];
  readonly span: Span;
  readonly filter: UsageFilter;
  /** Where the hour or day that runs begins. */
  readonly wholeTo: Date;
  /** Starts of days with another price, ascending. */
  readonly changes: readonly Date[];
};

/**
 * Read by getUsage: what a page shows of a span, from one look at its rows, which are wide and many. Sums are floats, which
 * hold whole numbers up to 2^53 and are added faster than numerics; what is over time comes as lists, because a row for each
 * step would cost more than the sums do.
 */
export async function readUsage(sql: SqlTransaction, question: UsageQuestion): Promise<UsageRead> {
  const { step, by, tenantIds, span, filter, wholeTo, changes } = question;
  const { table, counted, at } = rollupSpans[step];
  const isSummed = summedFirst.has(by);
  const sums = isSummed ? told.map(float).join(", ") : told.join(", ");
  const rows = `(SELECT ${at("$2")} AS at, ${counted} >= $8::timestamptz AS running,
              width_bucket(${counted}, $9::timestamptz[]) AS period, ${columns[by]} AS key, band,
              CASE WHEN input_tokens + output_tokens = 0 AND operation = ANY($10::text[]) THEN 'none' ELSE region END AS of_region,
              model AS of_model, simulated, ${sums}
         FROM ${table} WHERE ${condition(step)}${isSummed ? " GROUP BY 1, 2, 3, 4, 5, 6, 7, 8" : ""}) r`;
  const second = "json_agg(extract(epoch FROM at)::bigint) AS at";
  const listed = ([column, name]: Told) => `json_agg(${column}) AS "${name}"`;
  const summed = ([column, name]: Told) => `sum(${column}) AS "${name}"`;
  const all = (of: string) => `(SELECT coalesce(json_agg(x), '[]')::text FROM (${of}) x)`;
  const [row] = await sql.query<Record<keyof UsageRead, string>>(
    `WITH told AS MATERIALIZED (${grouped(rows, await isSpread(sql))})
     SELECT ${all(`SELECT running, key, band, ${shown.map(summed).join(", ")}
                     FROM told WHERE ${isOf.sums} GROUP BY 1, 2, 3`)} AS sums,
            ${all(`SELECT running, period, key, of_region AS region, of_model AS model, simulated, ${priced.map(summed).join(", ")}
                     FROM told WHERE ${isOf.sums} AND of_region <> 'none' GROUP BY 1, 2, 3, 4, 5, 6`)} AS priced,
            ${all(`SELECT key, ${second}, json_agg(calls) AS calls, json_agg(input_tokens + output_tokens) AS tokens
                     FROM told WHERE ${isOf.keySteps} GROUP BY 1`)} AS steps,
            ${all(`SELECT period, of_region AS region, of_model AS model, simulated, ${second}, ${priced.map(listed).join(", ")}
                     FROM told WHERE ${isOf.pricedSteps} AND of_region <> 'none' GROUP BY 1, 2, 3, 4`)} AS "pricedSteps"`,
    [...values(tenantIds, span, filter), wholeTo, changes, freeOperations],
  );
  if (!row) throw new Error("The usage was not told.");
  return {
    sums: JSON.parse(row.sums) as UsageSums[],
    priced: JSON.parse(row.priced) as PricedSums[],
    steps: JSON.parse(row.steps) as KeySteps[],
    pricedSteps: JSON.parse(row.pricedSteps) as PricedSteps[],
  };
}

const float = (column: string): string => `sum(${column}::float8) AS ${column}`;

/** The rows' sums by each of the groups. Several nodes are asked for no grouping sets: there the rows are read for each. */
function grouped(rows: string, isSpread: boolean): string {
  const sums = told.map(float).join(", ");
  const sets = Object.values(groups);
  if (!isSpread) {
    const listed = sets.map((set) => `(${set.join(", ")})`).join(", ");
    return `SELECT ${groupable.join(", ")}, ${sums} FROM ${rows} GROUP BY GROUPING SETS (${listed})`;
  }
  return sets
    .map((set: readonly string[]) => {
      const said = groupable.map((name) => (set.includes(name) ? name : `NULL AS ${name}`));
      return `SELECT ${said.join(", ")}, ${sums} FROM ${rows} GROUP BY ${set.join(", ")}`;
    })
    .join(" UNION ALL ");
}
