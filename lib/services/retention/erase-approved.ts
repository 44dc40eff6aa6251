import { v7 } from "uuid";
import { readCallBody } from "../../core/ledger/entries/call-body.ts";
import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { erasedListBytes, erasureEvent } from "../../core/retention/erased-list.ts";
import { readEntries } from "../../db/ledger-proof.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { isOnHold } from "../../db/retention.ts";
import {
  type ErasureDue,
  eraseOpenings,
  erasuresDue,
  forgetSubject,
  type NamedErasure,
  type NamedOpening,
  openingsOfRequest,
  type PlaceRow,
  saidAndNotDone,
  subjectsPast,
  tenantsWithSubjects,
} from "../../db/retention-run.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { acrossTenants } from "../jobs/across-tenants.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { appendJobEvent } from "../ledger/append-job-event.ts";
import { nodeCrypto } from "../ledger/node-crypto.ts";
import { retentionJob, sayThenDo } from "./say-then-do.ts";

/**
 * Carries out erasures that two people approved: an entry says how many openings of that person go, across all epochs, of
 * which fields, with the hash of their list; then they go. For 35 days after, what comes late of a call that had begun
 * before goes as well; then nobody can tell any more whom it was about, nor once a request was refused, taken back or left to
 * lapse. Safe to repeat: where nothing is left, nothing is said.
 *
 * crash: on a Citus cluster the entry and the deletion are transactions of their own (decision 0018). An entry whose
 * deletion was not recorded is found again, and its list is what the log held of the person before it.
 */
export async function eraseApproved(now: Date): Promise<number> {
  let erased = 0;
  await forEachTenant(await acrossTenants(tenantsWithSubjects), async (tenantId) => {
    const { due, past } = await withTenantSql(reading(tenantId), async (sql) =>
      (await isOnHold(sql, tenantId))
        ? { due: [], past: [] }
        : { due: await erasuresDue(sql, tenantId), past: await subjectsPast(sql, tenantId) },
    );
    for (const erasure of due) erased += await erase(tenantId, erasure, now);
    for (const requestId of past)
      await withTenantSql(tenantScope(tenantId), (sql) => forgetSubject(sql, tenantId, requestId));
  });
  return erased;
}

const reading = (tenantId: string) => ({ read: [tenantId], write: null });

async function erase(tenantId: string, due: ErasureDue, now: Date): Promise<number> {
  const calls: SaidCalls = new Map();
  // Bytes never change: they are read before the tenant's lock, and under it those of entries that came meanwhile.
  await withTenantSql(reading(tenantId), async (sql) =>
    learnCalls(sql, tenantId, await openingsOfRequest(sql, tenantId, due.requestId), calls),
  );
  const said = await sayThenDo(
    tenantId,
    (sql) => say(sql, tenantId, due, now, calls),
    (sql, erasure) => carryOut(sql, tenantId, due, erasure),
  );
  return said?.openings.length ?? 0;
}

async function carryOut(
  sql: SqlTransaction,
  tenantId: string,
  { requestId }: ErasureDue,
  said: NamedErasure | null,
): Promise<void> {
  if (said === null) await forgetSubject(sql, tenantId, requestId);
  else await eraseOpenings(sql, said);
}

/** What goes, with the entry that says so, which is made where it is not there already; null: nothing is left. */
async function say(
  sql: SqlTransaction,
  tenantId: string,
  due: ErasureDue,
  now: Date,
  calls: SaidCalls,
): Promise<NamedErasure | null> {
  await lockRecording(sql, tenantId);
  const { requestId, doneAt } = due;
  const all = await openingsOfRequest(sql, tenantId, requestId);
  await learnCalls(sql, tenantId, all, calls);
  const openings = doneAt === null ? all : begunBefore(all, calls, doneAt);
  if (doneAt !== null && openings.length === 0) return null;
  const named = { tenantId, requestId, erasureId: v7() };
  for (const entry of await saidAndNotDone(sql, tenantId, erasureEvent, "privacy_erasure")) {
    if (entry.detail.request !== requestId) continue;
    // The openings of an entry stand before the one that says they go.
    const then = openings.filter(
      ({ epoch, index }) => epoch < entry.epoch || (epoch === entry.epoch && index < entry.index),
    );
    const listSha256 = hashOf(then);
    if (listSha256 === entry.detail.listSha256)
      return { ...named, openings: then, calls: callsOf(then, calls), listSha256, entry };
  }
  const listSha256 = hashOf(openings);
  const detail = {
    request: requestId,
    reference: due.reference,
    basis: due.basis,
    openings: openings.length,
    entries: new Set(openings.map(({ epoch, index }) => `${epoch} ${index}`)).size,
    fields: [...new Set(openings.map(({ field }) => field))].sort(),
    listSha256,
    late: doneAt !== null,
    requestedBy: due.requestedBy,
    requestedById: due.requestedById,
    approvedBy: due.approvedBy,
    approvedById: due.approvedById,
  };
  const event = { kind: erasureEvent, subject: due.reference, detail };
  const entry = await appendJobEvent(sql, tenantId, event, now, retentionJob);
  return { ...named, openings, calls: callsOf(openings, calls), listSha256, entry };
}

const hashOf = (openings: readonly NamedOpening[]): string =>
  Buffer.from(nodeCrypto.sha256(erasedListBytes(openings))).toString("hex");

/** Of late entries those of calls that had begun when the person was erased: still going on then, or told late. */
function begunBefore(openings: readonly NamedOpening[], calls: SaidCalls, doneAt: Date): NamedOpening[] {
  return openings.filter((opening) => {
    const call = calls.get(placeOf(opening)) ?? null;
    return call !== null && Date.parse(call.startedAt) <= doneAt.getTime();
  });
}

/** The calls whose row holds the id of a request that goes. */
function callsOf(openings: readonly NamedOpening[], calls: SaidCalls): SaidCall[] {
  return openings.flatMap((opening) => {
    const call = opening.field === "client_request_id" ? calls.get(placeOf(opening)) : null;
    return call?.type === "call" ? [call] : [];
  });
}

/** What an entry says of a call. */
type SaidCall = { readonly type: "call" | "late_outcome"; readonly id: string; readonly startedAt: string };

/** By place; null: the entry is about no call, or its bytes expired. */
type SaidCalls = Map<string, SaidCall | null>;

const placeOf = ({ epoch, index }: PlaceRow): string => `${epoch} ${index}`;

/** Reads what entries say that nobody has read yet. Throws where the bytes of one cannot be read. */
async function learnCalls(
  sql: SqlTransaction,
  tenantId: string,
  openings: readonly NamedOpening[],
  calls: SaidCalls,
): Promise<void> {
  // Openings come by epoch and index.
  const wanted = new Map<number, number[]>();
  for (const { epoch, index } of openings) {
    const place = placeOf({ epoch, index });
    if (calls.has(place)) continue;
    calls.set(place, null);
    const some = wanted.get(epoch);
    if (some) some.push(index);
    else wanted.set(epoch, [index]);
  }
  for (const [epoch, indexes] of wanted)
    for await (const { index, bytes } of readEntries(sql, { tenantId, epoch }, indexes))
      calls.set(placeOf({ epoch, index }), saidBy(bytes));
}

function saidBy(bytes: Uint8Array): SaidCall | null {
  const entry = decodeEntry(bytes);
  if (entry.type !== "call" && entry.type !== "late_outcome") return null;
  const { id, startedAt } = readCallBody(entry.body).body;
  return { type: entry.type, id, startedAt };
}
