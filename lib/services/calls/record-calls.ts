import type { CallRecord } from "../../core/calls/call-record.ts";
import { findRecorded } from "../../db/call.ts";
import { isConflict, isStoreFault } from "../../db/is-store-fault.ts";
import { log } from "../../log.ts";
import {
  type FindKnown,
  type RecordedCall,
  type RecordingClock,
  type RecordingOptions,
  recordBatch,
} from "./record-batch.ts";
import { bareOf } from "./records-without-end.ts";
import { StopRecording } from "./stop-recording.ts";

const batchMax = 1_000;

/**
 * A record that could not be written even alone. `bare`: the call is recorded all the same, with nothing in it but what its
 * intent says. Else its intent, if it has one, stays open for the sweeper.
 */
export type RejectedCall = {
  readonly id: string;
  readonly outcome: "rejected";
  readonly error: Error;
  readonly bare: boolean;
};

export type RecordingResult = RecordedCall | RejectedCall;

/**
 * THE recording verb, for every door: judges each record by the policy and catalog it names and writes call, attempts,
 * rollups and findings in one transaction per batch. Idempotent by call id: a call recorded before is left as it is,
 * and a real end that comes after the sweeper is kept as a late outcome. One answer per record, in their order.
 *
 * A batch that fails is split until the bad record stands alone, and that is recorded bare. Where the store is at fault, be it
 * away or read only, nothing is split or given up: it throws, and the same records are to be given again later.
 */
export async function recordCalls(
  tenantId: string,
  records: readonly CallRecord[],
  clock: RecordingClock = () => new Date(),
  findKnown?: FindKnown,
): Promise<RecordingResult[]> {
  const options = { clock, ...(findKnown && { findKnown }) };
  const results: RecordingResult[] = [];
  for (let from = 0; from < records.length; from += batchMax)
    results.push(...(await recordOrSplit(tenantId, records.slice(from, from + batchMax), options)));
  return results;
}

async function recordOrSplit(
  tenantId: string,
  records: readonly CallRecord[],
  options: RecordingOptions,
  retries = 3,
): Promise<RecordingResult[]> {
  try {
    return await recordBatch(tenantId, records, options);
  } catch (error) {
    if (error instanceof StopRecording) throw error;
    if (isStoreFault(error)) {
      if (!isConflict(error) || retries === 0) throw error;
      return recordOrSplit(tenantId, records, options, retries - 1);
    }
    const [only] = records;
    if (records.length === 1 && only) {
      const bare = await recordBare(tenantId, only, options.clock);
      log.error({ err: error, callId: only.id, tenantId, bare }, "a call could not be recorded as it was");
      return [{ id: only.id, outcome: "rejected", error: asError(error), bare }];
    }
    const middle = Math.ceil(records.length / 2);
    return [
      ...(await recordOrSplit(tenantId, records.slice(0, middle), options)),
      ...(await recordOrSplit(tenantId, records.slice(middle), options)),
    ];
  }
}

/** False: not even so much could be written, or there was no less to say. */
async function recordBare(tenantId: string, record: CallRecord, clock: RecordingClock): Promise<boolean> {
  const bare = bareOf(record);
  if (bare === null) return false;
  try {
    await recordBatch(tenantId, [bare], { clock, findKnown: findRecorded });
    return true;
  } catch (error) {
    if (isStoreFault(error)) throw error;
    return false;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
