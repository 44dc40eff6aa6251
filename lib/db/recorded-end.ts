import type { CallRecord } from "../core/calls/call-record.ts";
import type { RollupDimensions } from "./rollup.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What a rollup counts a recorded call by, and what it counted of its end. */
export type RecordedEnd = {
  readonly id: string;
  readonly end: CallRecord["end"];
  readonly endedAt: Date | null;
  readonly status: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly ttftMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly dimensions: RollupDimensions;
};

type Row = Omit<RecordedEnd, "dimensions"> & RollupDimensions;

/** Read by recordBatch: how calls stand in the rollups that had been recorded without an end. */
export async function recordedEnds(
  sql: SqlTransaction,
  tenantId: string,
  calls: readonly { readonly id: string; readonly startedAt: string }[],
): Promise<RecordedEnd[]> {
  const times = calls.map((call) => call.startedAt).sort();
  const rows = await sql.query<Row>(
    `SELECT c.id, c.call_end AS "end", c.ended_at AS "endedAt", c.status, c.input_tokens AS "inputTokens",
            c.output_tokens AS "outputTokens", c.cached_tokens AS "cachedTokens", c.reasoning_tokens AS "reasoningTokens",
            c.ttft_ms AS "ttftMs", c.request_bytes AS "requestBytes", c.response_bytes AS "responseBytes",
            c.application_id AS "applicationId", 'openai' AS provider, c.region_dim AS region, c.host_dim AS host,
            c.model_dim AS model, c.operation, c.verdict, coalesce(c.band, 'none') AS band, c.basis, c.source,
            array_to_string(c.causes, ',') AS causes, c.simulated
       FROM unnest($2::timestamptz[], $3::uuid[]) AS wanted (started_at, id)
       JOIN call c ON c.tenant_id = $1 AND c.started_at = wanted.started_at AND c.id = wanted.id
      WHERE c.started_at BETWEEN $4 AND $5`,
    [tenantId, calls.map((call) => call.startedAt), calls.map((call) => call.id), times[0], times.at(-1)],
  );
  return rows.map(
    ({
      applicationId,
      provider,
      region,
      host,
      model,
      operation,
      verdict,
      band,
      basis,
      source,
      causes,
      simulated,
      ...end
    }) => ({
      ...end,
      dimensions: {
        applicationId,
        provider,
        region,
        host,
        model,
        operation,
        verdict,
        band,
        basis,
        source,
        causes,
        simulated,
      },
    }),
  );
}
