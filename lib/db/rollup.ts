import type { BatchColumn } from "./batch-insert.ts";
import { packHistogram } from "./packed-histogram.ts";
import { insertOfTenant } from "./tenant-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What a rollup row counts by, apart from tenant and time. */
export type RollupDimensions = {
  readonly applicationId: string;
  readonly provider: string;
  readonly region: string;
  readonly host: string;
  readonly model: string;
  readonly operation: string;
  readonly verdict: string;
  readonly band: string;
  readonly basis: string;
  readonly source: string;
  readonly causes: string;
  readonly simulated: boolean;
};

/** What it counts. All add up; histograms bucket by bucket. */
export type RollupMeasures = {
  calls: number;
  attempts: number;
  errors: number;
  withoutEnd: number;
  wouldBlock: number;
  /** Sent, and no token counts came back. */
  withoutTokens: number;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  requestBytes: number;
  responseBytes: number;
  durationMsSum: number;
  latency: number[];
  ttft: number[];
};

/** `at`: start of the UTC hour or day. */
export type RollupRow = RollupMeasures & { readonly at: string; readonly dimensions: RollupDimensions };

type Stored = RollupRow & { readonly tenantId: string };

const dimensionColumns: readonly BatchColumn<Stored>[] = [
  { name: "application_id", type: "uuid", value: (row) => row.dimensions.applicationId },
  { name: "provider", type: "text", value: (row) => row.dimensions.provider },
  { name: "region", type: "text", value: (row) => row.dimensions.region },
  { name: "host", type: "text", value: (row) => row.dimensions.host },
  { name: "model", type: "text", value: (row) => row.dimensions.model },
  { name: "operation", type: "text", value: (row) => row.dimensions.operation },
  { name: "verdict", type: "text", value: (row) => row.dimensions.verdict },
  { name: "band", type: "text", value: (row) => row.dimensions.band },
  { name: "basis", type: "text", value: (row) => row.dimensions.basis },
  { name: "source", type: "text", value: (row) => row.dimensions.source },
  { name: "causes", type: "text", value: (row) => row.dimensions.causes },
  { name: "simulated", type: "boolean", value: (row) => row.dimensions.simulated },
];

const sumColumns: readonly BatchColumn<Stored>[] = [
  { name: "calls", type: "bigint", value: (row) => row.calls },
  { name: "attempts", type: "bigint", value: (row) => row.attempts },
  { name: "errors", type: "bigint", value: (row) => row.errors },
  { name: "without_end", type: "bigint", value: (row) => row.withoutEnd },
  { name: "would_block", type: "bigint", value: (row) => row.wouldBlock },
  { name: "without_tokens", type: "bigint", value: (row) => row.withoutTokens },
  { name: "input_tokens", type: "bigint", value: (row) => row.inputTokens },
  { name: "output_tokens", type: "bigint", value: (row) => row.outputTokens },
  { name: "cached_tokens", type: "bigint", value: (row) => row.cachedTokens },
  { name: "reasoning_tokens", type: "bigint", value: (row) => row.reasoningTokens },
  { name: "request_bytes", type: "bigint", value: (row) => row.requestBytes },
  { name: "response_bytes", type: "bigint", value: (row) => row.responseBytes },
  { name: "duration_ms_sum", type: "bigint", value: (row) => row.durationMsSum },
];

const histogramColumns: readonly BatchColumn<Stored>[] = [
  { name: "latency", type: "numeric", value: (row) => packHistogram(row.latency) },
  { name: "ttft", type: "numeric", value: (row) => packHistogram(row.ttft) },
];

/** Names of the columns that a rollup counts by, and of those that it adds up, histograms last. */
export const rollupDimensions: readonly string[] = dimensionColumns.map(({ name }) => name);
export const rollupSums: readonly string[] = [...sumColumns, ...histogramColumns].map(({ name }) => name);

/** Read by getOverview and the facets of listCalls: adds to the hours (or days) the calls of a batch fell into. */
export async function addToRollup(
  sql: SqlTransaction,
  step: "hour" | "day",
  tenantId: string,
  rows: readonly RollupRow[],
): Promise<void> {
  const table = `rollup_${step}`;
  const columns: readonly BatchColumn<Stored>[] = [
    { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
    { name: step, type: step === "hour" ? "timestamptz" : "date", value: (row) => row.at },
    ...dimensionColumns,
    ...sumColumns,
    ...histogramColumns,
  ];
  const key = ["tenant_id", step, ...dimensionColumns.map((column) => column.name)].join(", ");
  const sums = rollupSums.map((name) => `${name} = ${table}.${name} + excluded.${name}`);
  await insertOfTenant(
    sql,
    table,
    columns,
    rows.map((row) => ({ ...row, tenantId })),
    { onConflict: ` ON CONFLICT (${key}) DO UPDATE SET ${sums.join(", ")}`, how: "prepared" },
  );
}
