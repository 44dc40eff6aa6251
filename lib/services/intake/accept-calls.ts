import { setImmediate as othersFirst } from "node:timers/promises";
import type { RecordResult } from "../../contracts/intake.ts";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { type AcceptedWindow, checkReport, type ReportTimes } from "../../core/intake/check-report.ts";
import { type OwnGateway, speaksOfGateway } from "../../core/intake/own-gateway.ts";
import { recordOfReport } from "../../core/intake/record-of-report.ts";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import { isStoreFault } from "../../db/is-store-fault.ts";
import { log } from "../../log.ts";
import { newCallId } from "../calls/new-call-id.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { StopRecording } from "../calls/stop-recording.ts";
import type { Alongside } from "./alongside.ts";
import { type KnownReport, type ReportClaim, reportKeys } from "./claim-reports.ts";
import { type Corroborated, corroborate } from "./corroborate.ts";
import { knownResult } from "./known-result.ts";
import { type Repeated, repeatedResult } from "./repeated-result.ts";
import { reportDigest } from "./report-digest.ts";
import type { Reporter } from "./reporter.ts";
import { StoreAway } from "./store-away.ts";
import { type Timeline, timelineOf } from "./timeline.ts";

export type AcceptOptions = {
  readonly receivedAt: Date;
  /** Names under which callers reach our own gateway. */
  readonly own: OwnGateway;
  readonly window?: AcceptedWindow;
  readonly alongside?: Alongside;
};

/** So many are checked at one go. Whoever holds a tenant's lock on this thread goes on in between. */
const checkedAtOnce = 32;
/** So many in one transaction, as of calls: it holds the tenant's lock. */
const joinedAtOnce = 1_000;

type Accepted = ReportClaim & {
  readonly index: number;
  readonly report: ReportedCall;
  readonly times: ReportTimes;
};

/**
 * THE accepting verb, for every door and import: takes what other programs report, judges it by the same core at its true
 * grade and records it, each id once. One answer per report, in their order; everything that is `recorded`, `joined` or
 * `duplicate` in it is durable. Throws `StoreAway` where the store is: the same reports may be sent again.
 *
 * The order of reports, and how they are cut into requests, changes nothing of what is recorded; how they are cut, nothing of
 * the answers either. Throws `StopRecording` where `alongside` does.
 */
export async function acceptCalls(
  reporter: Reporter,
  reports: readonly ReportedCall[],
  options: AcceptOptions,
): Promise<RecordResult[]> {
  try {
    return await accept(reporter, reports, options);
  } catch (error) {
    throw isStoreFault(error) ? new StoreAway(error) : error;
  }
}

async function accept(
  reporter: Reporter,
  reports: readonly ReportedCall[],
  options: AcceptOptions,
): Promise<RecordResult[]> {
  const timeline = await timelineOf(reporter.tenantId);
  const results: RecordResult[] = new Array(reports.length);
  const calls: Accepted[] = [];
  const joined: Accepted[] = [];
  const first = new Map<string, Accepted>();
  const repeated: Repeated[] = [];
  for (const [index, report] of reports.entries()) {
    if (index > 0 && index % checkedAtOnce === 0) await othersFirst();
    const times = timesOf(report);
    const problem = checkReport(report, times, options.receivedAt.getTime(), options.window);
    const { digest, storable } = reportDigest(reporter.tenantId, report);
    if (problem || !storable) {
      const error = problem ?? { code: "record_invalid" as const, message: "It holds a control character." };
      results[index] = rejected(index, report.clientId, error);
      continue;
    }
    const before = first.get(report.clientId);
    if (before) {
      repeated.push({ index, digest, of: before });
      continue;
    }
    const id = newCallId(times.startedAt);
    const accepted = { index, report, times, id, clientId: report.clientId, digest };
    first.set(report.clientId, accepted);
    (speaksOfGateway(report, options.own) ? joined : calls).push(accepted);
  }
  const knownAt = new Map<number, KnownReport>();
  if (calls.length > 0) await record(reporter, calls, { options, timeline, results, knownAt });
  for (let from = 0; from < joined.length; from += joinedAtOnce)
    for (const { result, known } of await corroborateOrSplit(
      reporter,
      joined.slice(from, from + joinedAtOnce),
      options,
    )) {
      results[result.index] = result;
      if (known) knownAt.set(result.index, known);
    }
  for (const each of repeated)
    results[each.index] = repeatedResult(each, results[each.of.index], knownAt.get(each.of.index));
  return results;
}

type Recording = {
  readonly options: AcceptOptions;
  readonly timeline: Timeline;
  /** Filled by index, and so is what was recorded under the ids before. */
  readonly results: RecordResult[];
  readonly knownAt: Map<number, KnownReport>;
};

async function record(
  reporter: Reporter,
  accepted: readonly Accepted[],
  { options, timeline, results, knownAt }: Recording,
): Promise<void> {
  const now = options.receivedAt.getTime();
  const records = accepted.map((each) => recordAt(reporter, each, timeline, now));
  const keys = reportKeys(accepted, options.alongside);
  const recorded = await recordCalls(reporter.tenantId, records, () => options.receivedAt, keys.findKnown);
  for (const [i, claim] of accepted.entries()) {
    const { index, clientId, id } = claim;
    const outcome = recorded[i];
    const reported = records[i]?.reported;
    const known = keys.knownBefore(id);
    if (outcome === undefined || outcome.outcome === "rejected")
      results[index] = rejected(index, clientId, notStored);
    else if (known) {
      knownAt.set(index, known);
      results[index] = knownResult(index, claim, known);
    } else {
      const { verdict, band } = outcome.judgement;
      results[index] = {
        index,
        clientId,
        outcome: "recorded",
        callId: id,
        verdict,
        band,
        ...(reported && reported.clockAheadMs > 0 ? { clockAheadMs: reported.clockAheadMs } : {}),
        ...(reported?.retrospective ? { retrospective: true as const } : {}),
      };
    }
  }
}

/** As with calls: a batch that fails is split until the bad report stands alone. */
async function corroborateOrSplit(
  reporter: Reporter,
  joined: readonly Accepted[],
  options: AcceptOptions,
): Promise<Corroborated[]> {
  try {
    return await corroborate(reporter, joined, options);
  } catch (error) {
    if (error instanceof StopRecording || isStoreFault(error)) throw error;
    const [only] = joined;
    if (joined.length === 1 && only) {
      const { clientId, index } = only;
      log.error({ err: error, clientId, tenantId: reporter.tenantId }, "a report could not be kept");
      return [{ result: rejected(index, clientId, notStored), known: null }];
    }
    const middle = Math.ceil(joined.length / 2);
    return [
      ...(await corroborateOrSplit(reporter, joined.slice(0, middle), options)),
      ...(await corroborateOrSplit(reporter, joined.slice(middle), options)),
    ];
  }
}

const notStored = {
  code: "record_not_stored",
  message: "The record could not be stored. It is in the log of the gateway under its client id.",
} as const;

function recordAt(
  reporter: Reporter,
  { report, id, times: { startedAt, endedAt } }: Accepted,
  timeline: Timeline,
  now: number,
): CallRecord {
  // A clock that is ahead must not choose a policy that is not in force yet.
  const began = Math.min(startedAt, now);
  const policy = timeline.policyAt(began);
  return recordOfReport(report, {
    ...reporter,
    id,
    simulated: timeline.simulated,
    policyVersion: policy?.version ?? null,
    retrospective: policy?.retrospective ?? false,
    catalogVersion: timeline.catalogAt(began),
    pin: timeline.pinAt(report.echo.projectId, began),
    clockAheadMs: Math.max(0, (endedAt ?? startedAt) - now),
    durationMs: endedAt === null ? null : endedAt - startedAt,
  });
}

function timesOf({ startedAt, endedAt }: ReportedCall): ReportTimes {
  return { startedAt: Date.parse(startedAt), endedAt: endedAt === null ? null : Date.parse(endedAt) };
}

function rejected(index: number, clientId: string, error: NonNullable<RecordResult["error"]>): RecordResult {
  return { index, clientId, outcome: "rejected", callId: null, error };
}
