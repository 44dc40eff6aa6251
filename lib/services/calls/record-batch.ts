import { setImmediate as othersFirst } from "node:timers/promises";
import { parse as uuidParse } from "uuid";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { causesOf } from "../../core/findings/causes-of.ts";
import { type CatalogIndex, indexOf } from "../../core/regions/catalog-index.ts";
import type { Judgement } from "../../core/verdicts/verdict.ts";
import { applicationsById } from "../../db/application.ts";
import { insertAttempts } from "../../db/attempt.ts";
import { findRecorded, insertCalls } from "../../db/call.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import { findLateOutcomes, insertLateOutcomes } from "../../db/late-outcome.ts";
import { type RecordedEnd, recordedEnds } from "../../db/recorded-end.ts";
import { lockRecording, moveHead } from "../../db/recording-head.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { raiseFindings } from "../findings/raise-findings.ts";
import { recordResources } from "../resources/record-resources.ts";
import { type CountedCall, rollUp } from "../rollups/roll-up.ts";
import { rollUpLate } from "../rollups/roll-up-late.ts";
import { type CallDrafts, draftCalls, type LedgerPlace, startAppendingCalls } from "./append-calls.ts";
import { attemptRows, callRow, lateOutcomeRow, modelOf } from "./call-rows.ts";
import { capDimension, type NamedValue } from "./cap-dimensions.ts";
import { catalogOf } from "./catalog-of.ts";
import { ensureMonths } from "./ensure-months.ts";
import { type JudgedCall, judgeRecords } from "./judge-records.ts";
import { shareClaims } from "./share-claims.ts";

/** When a record is written down. The demo story gives its own clock. */
export type RecordingClock = (record: CallRecord) => Date;

/** `recorded` now, `duplicate` of one recorded before, or `late`: the sweeper had recorded it without an end. */
export type RecordedCall = {
  readonly id: string;
  readonly outcome: "recorded" | "duplicate" | "late";
  readonly judgement: Judgement;
};

/**
 * Which of these records are recorded already, and how they ended: the first thing under the tenant's lock. A door that
 * knows its records by another name than the call's id takes that name here, in the same transaction.
 */
export type FindKnown = (
  sql: SqlTransaction,
  tenantId: string,
  records: readonly CallRecord[],
) => Promise<ReadonlyMap<string, string>>;

/** `findKnown`: absent where hardly any of the records is recorded already. */
export type RecordingOptions = { readonly clock: RecordingClock; readonly findKnown?: FindKnown };

/** One batch, one transaction: all of it or nothing. */
export async function recordBatch(
  tenantId: string,
  records: readonly CallRecord[],
  { clock, findKnown }: RecordingOptions,
): Promise<RecordedCall[]> {
  for (const record of records) checkRecord(tenantId, record);
  const at = new Date(Math.max(...records.map((record) => clock(record).getTime())));
  await ensureMonths([...records.map((record) => record.startedAt), at.toISOString()]);
  const judged = await judgeRecords(tenantId, records);
  const drafts = await draftCalls(judged);
  const record = (find: FindKnown) =>
    withTenantSql(tenantScope(tenantId), async (sql) => {
      // crash: the lock is the first statement, so that numbers, findings and caps have one writer per tenant.
      const seq = await lockRecording(sql, tenantId);
      const recorded = await find(sql, tenantId, records);
      const sorted = sortOut(judged, recorded);
      const late = await newlyLate(sql, tenantId, sorted.late);
      const written = await write(sql, { tenantId, seq, fresh: sorted.fresh, late, drafts, clock, at });
      return { results: sorted.results, remember: written };
    });
  const { results, remember } = await (findKnown ? record(findKnown) : asNew(record));
  remember();
  return results;
}

/**
 * Takes every record for a new one, as nearly all are: to look each up first costs the server more than the rare batch that
 * is written a second time. A call's id holds its start, so that the key of `call` refuses the same call in any batch.
 */
async function asNew<T>(record: (find: FindKnown) => Promise<T>): Promise<T> {
  try {
    return await record(async () => new Map());
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return record(findRecorded);
  }
}

/** A record that breaks one of our own promises is a bug of its door; it must not be half believed. */
function checkRecord(tenantId: string, record: CallRecord): void {
  if (record.tenantId !== tenantId) throw new Error(`Call ${record.id} belongs to another tenant.`);
  const bytes = uuidParse(record.id);
  const idMs = bytes.subarray(0, 6).reduce((ms, byte) => ms * 256 + byte, 0);
  if ((bytes[6] ?? 0) >> 4 !== 7 || idMs !== Date.parse(record.startedAt))
    throw new Error(`Call ${record.id} is no UUIDv7 of its start time ${record.startedAt}.`);
}

type Sorted = { fresh: JudgedCall[]; late: JudgedCall[]; results: RecordedCall[] };

function sortOut(judged: readonly JudgedCall[], recorded: ReadonlyMap<string, string>): Sorted {
  const sorted: Sorted = { fresh: [], late: [], results: [] };
  const seen = new Map(recorded);
  for (const call of judged) {
    const { id, end } = call.record;
    const before = seen.get(id);
    const isLate = before === "unknown" && end !== "unknown" && recorded.has(id);
    const outcome = before === undefined ? "recorded" : isLate ? "late" : "duplicate";
    if (outcome === "recorded") sorted.fresh.push(call);
    if (outcome === "late") sorted.late.push(call);
    seen.set(id, before ?? end);
    sorted.results.push({ id, outcome, judgement: call.judgement });
  }
  return sorted;
}

/** The first late end of a call is kept, also of two in one batch. */
async function newlyLate(
  sql: SqlTransaction,
  tenantId: string,
  late: readonly JudgedCall[],
): Promise<JudgedCall[]> {
  const ids = late.map(({ record }) => record.id);
  const known = await findLateOutcomes(sql, tenantId, ids);
  return late.filter(({ record }, i) => !known.has(record.id) && ids.indexOf(record.id) === i);
}

type Batch = {
  readonly tenantId: string;
  /** The last number given. */
  readonly seq: number;
  readonly fresh: readonly JudgedCall[];
  readonly late: readonly JudgedCall[];
  readonly drafts: CallDrafts;
  readonly clock: RecordingClock;
  readonly at: Date;
};

async function write(sql: SqlTransaction, batch: Batch): Promise<() => void> {
  const { tenantId, seq, fresh, late, clock } = batch;
  if (fresh.length === 0 && late.length === 0) return () => undefined;
  const recorded = await recordedBefore(sql, tenantId, late);
  const { calls, findings, remember } = await countCalls(sql, batch, recorded);
  const shared = await shareClaims(
    sql,
    tenantId,
    calls.map(({ judgement }) => judgement.claims),
  );
  const { placeOf, written } = await startAppendingCalls(sql, tenantId, batch, batch.at);
  // The entries leave. While the server writes them, and then what stands behind them, the next is made ready.
  await othersFirst();
  await Promise.all([
    written,
    writeLate(sql, batch, { placeOf, recorded, findings }),
    insertCalls(
      sql,
      calls.map((call, i) =>
        callRow(call, {
          seq: seq + 1 + i,
          place: placeOf(call),
          findingIds: findings.get(call.record.id) ?? [],
          at: clock(call.record),
        }),
      ),
    ),
    insertAttempts(sql, calls.flatMap(attemptRows)),
    recordResources(sql, tenantId, [...fresh, ...late]),
    rollUp(sql, tenantId, calls),
    moveHead(sql, tenantId, seq + calls.length),
  ]);
  return () => {
    remember();
    shared.remember();
  };
}

/** How calls stand whose end comes now; of one that retention deleted nobody knows any more. */
async function recordedBefore(
  sql: SqlTransaction,
  tenantId: string,
  late: readonly JudgedCall[],
): Promise<ReadonlyMap<string, RecordedEnd>> {
  if (late.length === 0) return new Map();
  const records = late.map(({ record }) => record);
  return new Map((await recordedEnds(sql, tenantId, records)).map((call) => [call.id, call]));
}

type Counted = {
  /** Of the batch those that are new. */
  readonly calls: readonly CountedCall[];
  /** The cases of each call; of one whose end comes late those that this end adds. */
  readonly findings: ReadonlyMap<string, string[]>;
  /** After the commit. */
  readonly remember: () => void;
};

/** Under which names calls are counted, and the cases they belong to: also what only an end shows that comes late. */
async function countCalls(
  sql: SqlTransaction,
  { tenantId, fresh, late, clock }: Batch,
  recorded: ReadonlyMap<string, RecordedEnd>,
): Promise<Counted> {
  const judged = [...fresh, ...late];
  const catalogs = await catalogsOf(judged);
  const hosts = await capDimension(sql, tenantId, "host", hostsNamed(judged, catalogs));
  const models = await capDimension(sql, tenantId, "model", modelsNamed(judged, catalogs));
  const counted: CountedCall[] = judged.map((call) => ({
    ...call,
    hostDim: hosts.cap(call.deciding?.host ?? null),
    modelDim: models.cap(modelOf(call)),
  }));
  const findings = await raiseFindings(sql, {
    tenantId,
    calls: counted,
    nameOf: hosts.cap,
    applications: await applicationsById(sql, [tenantId]),
    at: ({ record }) => clock(record),
    before: new Map([...recorded].map(([id, { dimensions }]) => [id, dimensions.causes.split(",")])),
  });
  return {
    calls: counted.slice(0, fresh.length),
    findings,
    remember: () => {
      hosts.remember();
      models.remember();
    },
  };
}

/** The catalogs that calls were judged by, by version. */
async function catalogsOf(calls: readonly JudgedCall[]): Promise<ReadonlyMap<number, CatalogIndex>> {
  const catalogs = new Map<number, CatalogIndex>();
  for (const { record } of calls)
    if (!catalogs.has(record.catalogVersion))
      catalogs.set(record.catalogVersion, indexOf(await catalogOf(record.catalogVersion)));
  return catalogs;
}

/** The hosts that calls are counted under, and those of their attempts that are cases. */
function hostsNamed(calls: readonly JudgedCall[], catalogs: ReadonlyMap<number, CatalogIndex>): NamedValue[] {
  const named: NamedValue[] = [];
  const name = ({ record }: JudgedCall, value: string, isSent: boolean): void => {
    named.push({ value, isListed: catalogs.get(record.catalogVersion)?.hosts.has(value) ?? false, isSent });
  };
  for (const call of calls) {
    if (call.deciding) name(call, call.deciding.host, call.regionDim !== "none");
    for (const { facts, judgement } of call.attempts)
      if (causesOf(judgement).length > 0) name(call, facts.host, true);
  }
  return named;
}

/** The models that calls are counted under. */
function modelsNamed(
  calls: readonly JudgedCall[],
  catalogs: ReadonlyMap<number, CatalogIndex>,
): NamedValue[] {
  const named: NamedValue[] = [];
  for (const call of calls) {
    const value = modelOf(call);
    if (value === null) continue;
    const isListed = catalogs.get(call.record.catalogVersion)?.models.has(value) ?? false;
    named.push({ value, isListed, isSent: call.regionDim !== "none" });
  }
  return named;
}

type LatePlaces = {
  readonly placeOf: (call: JudgedCall) => LedgerPlace;
  readonly recorded: ReadonlyMap<string, RecordedEnd>;
  readonly findings: Counted["findings"];
};

async function writeLate(
  sql: SqlTransaction,
  { tenantId, late, clock }: Batch,
  { placeOf, recorded, findings }: LatePlaces,
): Promise<void> {
  if (late.length === 0) return;
  await insertLateOutcomes(
    sql,
    late.map((call) =>
      lateOutcomeRow(call, {
        place: placeOf(call),
        findingIds: findings.get(call.record.id) ?? [],
        at: clock(call.record),
      }),
    ),
  );
  await rollUpLate(
    sql,
    tenantId,
    late.map(({ record }) => record),
    recorded,
  );
}
