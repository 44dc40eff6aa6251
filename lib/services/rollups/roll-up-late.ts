import type { CallRecord } from "../../core/calls/call-record.ts";
import type { RecordedEnd } from "../../db/recorded-end.ts";
import type { RollupRow } from "../../db/rollup.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { addHours, countEnd, hourOf, nothing } from "./roll-up.ts";

/**
 * Corrects the hours and days of calls that had been recorded without an end: tokens, bytes, latency and errors are those of
 * the end that came, and one call less is without one. Its verdict stays as it was recorded. `recorded`: how these calls
 * stand, by their ids. In the recording's own transaction, under its lock.
 */
export async function rollUpLate(
  sql: SqlTransaction,
  tenantId: string,
  late: readonly CallRecord[],
  recorded: ReadonlyMap<string, RecordedEnd>,
): Promise<void> {
  const rows = new Map<string, RollupRow>();
  for (const record of late) {
    const before = recorded.get(record.id);
    // Deleted by retention: what was counted stays, and nobody knows any more under what.
    if (before === undefined) continue;
    const at = hourOf(record.startedAt);
    const { dimensions } = before;
    const key = JSON.stringify([at, ...Object.values(dimensions)]);
    const row = rows.get(key) ?? { at, dimensions, ...nothing() };
    rows.set(key, row);
    countEnd(endBefore(before, record.startedAt), row, -1);
    const status = record.attempts.at(-1)?.status ?? null;
    countEnd({ ...record, status, regionDim: dimensions.region }, row);
  }
  await addHours(sql, tenantId, [...rows.values()]);
}

function endBefore({ endedAt, dimensions, ...call }: RecordedEnd, startedAt: string) {
  return {
    ...call,
    startedAt,
    endedAt: endedAt?.toISOString() ?? null,
    usage: {
      inputTokens: call.inputTokens,
      outputTokens: call.outputTokens,
      cachedInputTokens: call.cachedTokens,
      reasoningTokens: call.reasoningTokens,
    },
    regionDim: dimensions.region,
  };
}
