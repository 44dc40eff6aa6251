import type { CallRecord } from "../../core/calls/call-record.ts";
import { isTurnedAway } from "../../core/prices/turned-away.ts";
import { addToRollup, type RollupDimensions, type RollupMeasures, type RollupRow } from "../../db/rollup.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { JudgedCall } from "../calls/judge-records.ts";
import { addHistogram, countInto, emptyHistogram } from "./histogram.ts";

export type CountedCall = JudgedCall & { readonly hostDim: string; readonly modelDim: string };

/** Adds the calls of one recording to their UTC hours and days, in the recording's own transaction. */
export async function rollUp(
  sql: SqlTransaction,
  tenantId: string,
  calls: readonly CountedCall[],
): Promise<void> {
  await addHours(sql, tenantId, rollupRows(calls));
}

/** Adds rows of UTC hours to these hours and to their days. */
export async function addHours(
  sql: SqlTransaction,
  tenantId: string,
  hours: readonly RollupRow[],
): Promise<void> {
  await addToRollup(sql, "hour", tenantId, hours);
  await addToRollup(sql, "day", tenantId, daysOf(hours));
}

/** Days are sums of their hours. */
function daysOf(hours: readonly RollupRow[]): RollupRow[] {
  const days = new Map<string, RollupRow>();
  for (const { at, dimensions, ...measures } of hours) {
    const day = at.slice(0, 10);
    const key = JSON.stringify([day, ...Object.values(dimensions)]);
    const row = days.get(key) ?? { at: day, dimensions, ...nothing() };
    days.set(key, row);
    add(measures, row);
  }
  return [...days.values()];
}

/** One row per hour and combination of dimensions. */
function rollupRows(calls: readonly CountedCall[]): RollupRow[] {
  const rows = new Map<string, RollupRow>();
  for (const call of calls) {
    const at = hourOf(call.record.startedAt);
    const dimensions = dimensionsOf(call);
    const key = JSON.stringify([at, ...Object.values(dimensions)]);
    const row = rows.get(key) ?? { at, dimensions, ...nothing() };
    rows.set(key, row);
    count(call, row);
  }
  return [...rows.values()];
}

/** The UTC hour of an instant (RFC 3339, with any offset), such as `2026-11-22T14:00:00.000Z`. */
export function hourOf(startedAt: string): string {
  const utc = startedAt.endsWith("Z") ? startedAt : new Date(startedAt).toISOString();
  return `${utc.slice(0, 13)}:00:00.000Z`;
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

function count(call: CountedCall, row: RollupMeasures): void {
  row.calls += 1;
  row.attempts += call.record.attempts.length;
  row.wouldBlock += call.record.wouldBlock === null ? 0 : 1;
  const { startedAt, endedAt, end, usage, ttftMs, requestBytes, responseBytes } = call.record;
  const status = call.deciding?.status ?? null;
  const { regionDim } = call;
  countEnd({ startedAt, endedAt, end, usage, ttftMs, requestBytes, responseBytes, status, regionDim }, row);
}

/** How a call ended, and what it took. */
type CountedEnd = Pick<
  CallRecord,
  "startedAt" | "endedAt" | "end" | "usage" | "ttftMs" | "requestBytes" | "responseBytes"
> & { readonly status: number | null; readonly regionDim: string };

/** Counts an end in place; `times` of -1 takes it out again. */
export function countEnd(call: CountedEnd, row: RollupMeasures, times: 1 | -1 = 1): void {
  const { usage } = call;
  const counted = usage.inputTokens !== null || usage.outputTokens !== null;
  row.errors += call.end === "upstream_failed" || (call.status ?? 0) >= 400 ? times : 0;
  row.withoutEnd += call.end === "unknown" ? times : 0;
  row.withoutTokens += counted || call.regionDim === "none" || isTurnedAway(call.status) ? 0 : times;
  row.inputTokens += times * (usage.inputTokens ?? 0);
  row.outputTokens += times * (usage.outputTokens ?? 0);
  row.cachedTokens += times * (usage.cachedInputTokens ?? 0);
  row.reasoningTokens += times * (usage.reasoningTokens ?? 0);
  row.requestBytes += times * (call.requestBytes ?? 0);
  row.responseBytes += times * (call.responseBytes ?? 0);
  // A refused call has no latency, and one without an end has none that is known.
  if (call.endedAt !== null && call.end !== "refused") {
    const durationMs = Math.max(0, Date.parse(call.endedAt) - Date.parse(call.startedAt));
    row.durationMsSum += times * durationMs;
    countInto(row.latency, durationMs, times);
  }
  if (call.ttftMs !== null) countInto(row.ttft, call.ttftMs, times);
}

/** Adds one row's sums and histograms to another's. */
function add(from: RollupMeasures, to: RollupMeasures): void {
  for (const name of Object.keys(from) as (keyof RollupMeasures)[]) {
    const value = from[name];
    if (typeof value === "number") (to[name] as number) += value;
    else addHistogram(to[name] as number[], value, 1);
  }
}

/** What a row counts before its first call. */
export function nothing(): RollupMeasures {
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
