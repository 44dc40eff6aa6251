import { v7 } from "uuid";
import { readCallBody } from "../../core/ledger/entries/call-body.ts";
import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { erasedListBytes, erasureEvent } from "../../core/retention/erased-list.ts";
import { findEntryBytes } from "../../db/ledger-proof.ts";
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
  saidAndNotDone,
} from "../../db/retention-run.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { type SqlTransaction, withTenantSql } from "../../db/with-tenant.ts";
import { nodeCrypto } from "../ledger/node-crypto.ts";
import { appendJobEvent } from "./append-job-event.ts";
import { sayThenDo } from "./say-then-do.ts";

/**
 * Carries out erasures that two people approved: an entry says how many openings of that person go, across all epochs, of
 * which fields, with the hash of their list; then they go. For 35 days after, what comes late of a call that had begun
 * before goes as well; then nobody can tell any more whom it was about. Safe to repeat: where nothing is left, nothing is said.
 *
 * crash: on a Citus cluster the entry and the deletion are transactions of their own (decision 0018). An entry whose
 * deletion was not recorded is found again, and its list is what the log held of the person before it.
 */
export async function eraseApproved(now: Date): Promise<number> {
  let erased = 0;
  for (const tenantId of await allTenantIds()) {
    const scope = { read: [tenantId], write: null };
    const due = await withTenantSql(scope, async (sql) =>
      (await isOnHold(sql, tenantId)) ? [] : erasuresDue(sql, tenantId),
    );
    for (const erasure of due) erased += await erase(tenantId, erasure, now);
  }
  return erased;
}

async function erase(tenantId: string, due: ErasureDue, now: Date): Promise<number> {
  const said = await sayThenDo(
    tenantId,
    (sql) => say(sql, tenantId, due, now),
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
): Promise<NamedErasure | null> {
  await lockRecording(sql, tenantId);
  const { requestId, doneAt } = due;
  const all = await openingsOfRequest(sql, tenantId, requestId);
  const openings = doneAt === null ? all : await begunBefore(sql, tenantId, all, doneAt);
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
      return { ...named, openings: then, calls: await callsOf(sql, tenantId, then), listSha256, entry };
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
  const calls = await callsOf(sql, tenantId, openings);
  return { ...named, openings, calls, listSha256, entry: await appendJobEvent(sql, tenantId, event, now) };
}

const hashOf = (openings: readonly NamedOpening[]): string =>
  Buffer.from(nodeCrypto.sha256(erasedListBytes(openings))).toString("hex");

/** Of late entries those of calls that had begun when the person was erased: still going on then, or told late. */
async function begunBefore(
  sql: SqlTransaction,
  tenantId: string,
  openings: readonly NamedOpening[],
  doneAt: Date,
): Promise<NamedOpening[]> {
  const begun = new Map<string, boolean>();
  for (const { epoch, index } of openings) {
    if (begun.has(`${epoch} ${index}`)) continue;
    const call = await callOf(sql, tenantId, epoch, index);
    begun.set(`${epoch} ${index}`, call !== null && Date.parse(call.startedAt) <= doneAt.getTime());
  }
  return openings.filter(({ epoch, index }) => begun.get(`${epoch} ${index}`));
}

type SaidCall = { readonly type: "call" | "late_outcome"; readonly id: string; readonly startedAt: string };

/** The calls whose row holds the id of a request that goes. */
async function callsOf(
  sql: SqlTransaction,
  tenantId: string,
  openings: readonly NamedOpening[],
): Promise<SaidCall[]> {
  const calls: SaidCall[] = [];
  for (const { epoch, index, field } of openings) {
    const call = field === "client_request_id" ? await callOf(sql, tenantId, epoch, index) : null;
    if (call?.type === "call") calls.push(call);
  }
  return calls;
}

/** What an entry says of a call, while its bytes are there; null: it is about none. */
async function callOf(
  sql: SqlTransaction,
  tenantId: string,
  epoch: number,
  index: number,
): Promise<SaidCall | null> {
  const bytes = await findEntryBytes(sql, { tenantId, epoch }, index);
  const entry = bytes && decodeEntry(bytes);
  if (entry?.type !== "call" && entry?.type !== "late_outcome") return null;
  const { id, startedAt } = readCallBody(entry.body).body;
  return { type: entry.type, id, startedAt };
}
