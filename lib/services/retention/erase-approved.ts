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
  lateOpenings,
  type PlaceRow,
  recordErasure,
} from "../../db/retention-run.ts";
import { isSpread } from "../../db/spread.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { nodeCrypto } from "../ledger/node-crypto.ts";
import { appendJobEvent } from "./append-job-event.ts";

/**
 * Carries out erasures that two people approved: every opening of that person goes, across all epochs, and an entry says
 * how many, of which fields, with the hash of the list. For 35 days after, what comes late of a call that had begun before
 * goes as well; then nobody can tell any more whom it was about. Safe to repeat: where nothing is left, nothing is said.
 * On a Citus cluster nothing is deleted (`refuse-where-spread.ts`).
 */
export async function eraseApproved(now: Date): Promise<number> {
  if (await isSpread()) return 0;
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
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    await lockRecording(sql, tenantId);
    const { requestId, doneAt } = due;
    const late = doneAt === null ? [] : await begunBefore(sql, tenantId, requestId, doneAt);
    if (doneAt !== null && late.length === 0) {
      await forgetSubject(sql, tenantId, requestId);
      return 0;
    }
    const erasureId = v7();
    const gone = await eraseOpenings(sql, { tenantId, requestId, erasureId, late });
    const listSha256 = Buffer.from(nodeCrypto.sha256(erasedListBytes(gone))).toString("hex");
    const detail = {
      request: requestId,
      reference: due.reference,
      basis: due.basis,
      openings: gone.length,
      entries: new Set(gone.map(({ epoch, index }) => `${epoch} ${index}`)).size,
      fields: [...new Set(gone.map(({ field }) => field))].sort(),
      listSha256,
      late: doneAt !== null,
      requestedBy: due.requestedBy,
      requestedById: due.requestedById,
      approvedBy: due.approvedBy,
      approvedById: due.approvedById,
    };
    const entry = await appendJobEvent(
      sql,
      tenantId,
      { kind: erasureEvent, subject: due.reference, detail },
      now,
    );
    await recordErasure(sql, { tenantId, requestId, erasureId, listSha256, entry });
    return gone.length;
  });
}

/** Late entries of calls that had begun when the person was erased: still going on then, or told late. */
async function begunBefore(
  sql: SqlTransaction,
  tenantId: string,
  requestId: string,
  doneAt: Date,
): Promise<PlaceRow[]> {
  const found: PlaceRow[] = [];
  for (const place of await lateOpenings(sql, tenantId, requestId)) {
    const bytes = await findEntryBytes(sql, { tenantId, epoch: place.epoch }, place.index);
    const entry = bytes && decodeEntry(bytes);
    if (entry?.type !== "call" && entry?.type !== "late_outcome") continue;
    if (Date.parse(readCallBody(entry.body).body.startedAt) <= doneAt.getTime()) found.push(place);
  }
  return found;
}
