import { addToRollup, type RollupDimensions, type RollupMeasures, type RollupRow } from "../../db/rollup.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { JudgedCall } from "../calls/judge-records.ts";
import { countInto, emptyHistogram } from "./histogram.ts";

export type CountedCall = JudgedCall & { readonly hostDim: string; readonly modelDim: string };

/** Adds the calls of one recording to their UTC hours and days, in the recording's own transaction. */
export async function rollUp(
  sql: SqlTransaction,
  tenantId: string,
  calls: readonly CountedCall[],
): Promise<void> {
  await addToRollup(sql, "hour", tenantId, rollupRows(calls, "hour"));
  await addToRollup(sql, "day", tenantId, rollupRows(calls, "day"));
}

/** One row per hour (or day) and combination of dimensions. */
export function rollupRows(calls: readonly CountedCall[], step: "hour" | "day"): RollupRow[] {
  const rows = new Map<string, RollupRow>();
  for (const call of calls) {
    const at = startOf(call.record.startedAt, step);
    const dimensions = dimensionsOf(call);
    const key = JSON.stringify([at, ...Object.values(dimensions)]);
    const row = rows.get(key) ?? { at, dimensions, ...nothing() };
    rows.set(key, row);
    count(call, row);
  }
  return [...rows.values()];
}

function startOf(startedAt: string, step: "hour" | "day"): string {
  const utc = new Date(startedAt).toISOString();
  return step === "hour" ? `${utc.slice(0, 13)}:00:00.000Z` : utc.slice(0, 10);
}

function dimensionsOf({
  record,
  judgement,
  regionDim,
  hostDim,
  modelDim,
  causes,
}: CountedCall): RollupDimensions {
  return {
    applicationId: record.applicationId,
    provider: "openai",
    region: regionDim,
    host: hostDim,
    model: modelDim,
    operation: record.facts.operation,
    verdict: judgement.verdict,
    band: judgement.band ?? "none",
    basis: judgement.basis,
    source: record.source,
    causes: causes.join(","),
    simulated: record.facts.simulated,
  };
}

function count({ record, deciding, regionDim }: CountedCall, row: RollupMeasures): void {
  const { usage } = record;
  row.calls += 1;
  row.attempts += record.attempts.length;
  row.errors += record.end === "upstream_failed" || (deciding?.status ?? 0) >= 400 ? 1 : 0;
  row.withoutEnd += record.end === "unknown" ? 1 : 0;
  row.wouldBlock += record.wouldBlock === null ? 0 : 1;
  const counted = usage.inputTokens !== null || usage.outputTokens !== null;
  row.withoutTokens += counted || regionDim === "none" ? 0 : 1;
  row.inputTokens += usage.inputTokens ?? 0;
  row.outputTokens += usage.outputTokens ?? 0;
  row.cachedTokens += usage.cachedInputTokens ?? 0;
  row.reasoningTokens += usage.reasoningTokens ?? 0;
  row.requestBytes += record.requestBytes ?? 0;
  row.responseBytes += record.responseBytes ?? 0;
  // A refused call has no latency, and one without an end has none that is known.
  if (record.endedAt !== null && record.end !== "refused") {
    const durationMs = Math.max(0, Date.parse(record.endedAt) - Date.parse(record.startedAt));
    row.durationMsSum += durationMs;
    countInto(row.latency, durationMs);
  }
  if (record.ttftMs !== null) countInto(row.ttft, record.ttftMs);
}

function nothing(): RollupMeasures {
  return {
    calls: 0,
    attempts: 0,
    errors: 0,
    withoutEnd: 0,
    wouldBlock: 0,
    withoutTokens: 0,
    inputTokens: 0,
    outputTokens: 0,
    cachedTokens: 0,
    reasoningTokens: 0,
    requestBytes: 0,
    responseBytes: 0,
    durationMsSum: 0,
    latency: emptyHistogram(),
    ttft: emptyHistogram(),
  };
}
