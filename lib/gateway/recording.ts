import type { CallRecord } from "../core/calls/call-record.ts";
import { log } from "../log.ts";
import { endBoot } from "../services/boots/end-boot.ts";
import { renewLease } from "../services/boots/renew-lease.ts";
import { admitSpooled } from "../services/calls/admit-spooled.ts";
import { bareOf } from "../services/calls/records-without-end.ts";
import { type CloseQueue, createCloseQueue } from "./close-queue.ts";
import type { Heartbeat } from "./heartbeat.ts";
import type { Metrics } from "./metrics.ts";
import type { OpenNumbers } from "./open-numbers.ts";
import { BatchFault, type Recorder } from "./recorder.ts";
import { notRecorded } from "./recording-order.ts";
import type { GatewaySettings } from "./settings.ts";
import { createSpool, type Spool } from "./spool/spool.ts";
import type { CallSpans } from "./telemetry/call-spans.ts";

type Parts = {
  readonly recorder: Recorder;
  readonly metrics: Metrics;
  readonly spans: CallSpans;
  readonly numbers: OpenNumbers;
  readonly heartbeat: Heartbeat;
};

/** Where calls go that have ended, and where they lie while the store is away. */
export function createRecording(
  settings: GatewaySettings,
  parts: Parts,
): { readonly closing: CloseQueue; readonly spool: Spool | null } {
  const record = recordAndTell(parts);
  const spool = createSpoolOf(settings, record, parts.metrics);
  return { closing: createClosing(settings, { ...parts, record, spool }), spool };
}

type Record = (tenantId: string, records: readonly CallRecord[]) => Promise<number>;

/** Records calls of one tenant, and tells everybody who counts them. Answers how many the store refused for what they hold. */
function recordAndTell(parts: Parts): Record {
  const { recorder, metrics, spans, numbers, heartbeat } = parts;
  return async (tenantId, records) => {
    const outcomes = await recorder.record(tenantId, records);
    let refused = 0;
    for (const [i, record] of records.entries()) {
      const { intent, facts } = record;
      const given = outcomes[i] ?? notRecorded;
      const { outcome, band } = given;
      if (outcome === "rejected") refused += 1;
      const isRecorded = outcome !== "rejected" || given.bare;
      // Of a spool that is read again, what is recorded was told of before.
      if (outcome === "duplicate" && record.gap) continue;
      spans.ended(record, given);
      if (outcome === "rejected") metrics.countLost(1);
      else metrics.recorded(band, facts.simulated);
      if (record.gap && isRecorded) metrics.replayed();
      if (intent !== null && isRecorded) numbers.recorded({ ...intent, tenantId });
    }
    heartbeat.poke();
    return refused;
  };
}

function createClosing(
  settings: GatewaySettings,
  parts: Parts & { readonly record: Record; readonly spool: Spool | null },
): CloseQueue {
  const { record, spool, metrics, spans } = parts;
  const bareOnes = new WeakSet<CallRecord>();
  const queue: CloseQueue = createCloseQueue({
    record,
    onDelay: (tenantId, calls, error) =>
      log.warn({ tenantId, calls, err: error }, "ended calls wait for the store"),
    isOfBatch: (error) => error instanceof BatchFault,
    onGivenUp(guilty, error) {
      const { id, tenantId } = guilty;
      if (!bareOnes.has(guilty)) metrics.countLost(1);
      log.error({ tenantId, callId: id, err: error }, "a call could not be recorded as it was");
      const bare = bareOnes.has(guilty) ? null : bareOf(guilty);
      // What has no place is known by its intent alone, which the sweeper closes when this gateway is gone.
      if (bare === null || !queue.reserve(tenantId)) return;
      bareOnes.add(bare);
      queue.add(bare);
    },
    heldMax: settings.heldCallsMax,
    batchMax: 500,
    lanesMax: 4,
    lingerMs: 50,
    busy: { from: 10, lingerMs: 200 },
  });
  return {
    ...queue,
    add(ended) {
      metrics.dialled(ended);
      spans.recordMade(ended);
      if (spool && ended.gap) void closeSpooled(spool, queue, ended);
      else queue.add(ended);
    },
  };
}

/** What is on the disk need not be held; what is not waits in memory like every other call. */
async function closeSpooled(spool: Spool, queue: CloseQueue, ended: CallRecord): Promise<void> {
  if (await spool.close(ended)) queue.release(ended.tenantId);
  else queue.add(ended);
}

function createSpoolOf(settings: GatewaySettings, record: Record, metrics: Metrics): Spool | null {
  const { spoolFolder, spoolBytesMax, spoolMsMax, spoolEveryMs } = settings;
  if (spoolFolder === null) return null;
  return createSpool({
    root: spoolFolder,
    bytesMax: spoolBytesMax,
    fileBytesMax: Math.min(8 * 1_024 * 1_024, spoolBytesMax),
    msMax: spoolMsMax,
    everyMs: spoolEveryMs,
    now: () => performance.now(),
    admit: admitSpooled,
    renew: renewLease,
    record,
    endBoot,
    onDamage(file) {
      metrics.spoolDamaged();
      log.error({ file }, "a spool is damaged: not all of it opens; it is kept as .damaged");
    },
    onTrouble: (error, what) => log.warn({ err: error }, what),
  });
}
