import { setImmediate as othersFirst } from "node:timers/promises";
import { lateOutcomeDraft, writtenCallDraft } from "../../core/ledger/entries/call-draft.ts";
import type { WrittenDraft } from "../../core/ledger/entries/entry-draft.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { startAppending } from "../ledger/append-entries.ts";
import type { JudgedCall } from "./judge-records.ts";

/** Where a call's entry stands in its tenant's ledger. */
export type LedgerPlace = { readonly ledgerEpoch: number; readonly ledgerIndex: number };

export type CallDrafts = ReadonlyMap<JudgedCall, WrittenDraft>;

/** So many calls are drafted at one go. Whoever holds a tenant's lock on this thread goes on in between. */
const draftedAtOnce = 8;

/** The entries of calls, encoded as far as that hangs on no place in the log: the larger part, and it needs no lock. */
export async function draftCalls(calls: readonly JudgedCall[]): Promise<CallDrafts> {
  const drafts = new Map<JudgedCall, WrittenDraft>();
  for (const [i, call] of calls.entries()) {
    if (i > 0 && i % draftedAtOnce === 0) await othersFirst();
    drafts.set(call, writtenCallDraft(call));
  }
  return drafts;
}

/** Where each call's entry stands, so that its row can say it, and when the server has them all. */
export type CallsAppending = {
  readonly placeOf: (call: JudgedCall) => LedgerPlace;
  readonly written: Promise<void>;
};

/** Appends an entry for each call and for each end that came late, in one batch, under the tenant's lock. */
export async function startAppendingCalls(
  sql: SqlTransaction,
  tenantId: string,
  calls: {
    readonly fresh: readonly JudgedCall[];
    readonly late: readonly JudgedCall[];
    readonly drafts: CallDrafts;
  },
  at: Date,
): Promise<CallsAppending> {
  const fresh = calls.fresh.map((call) => {
    const draft = calls.drafts.get(call);
    if (!draft) throw new Error(`Call ${call.record.id} was not drafted.`);
    return draft;
  });
  const entries = [...fresh, ...calls.late.map(lateOutcomeDraft)];
  const { epoch, firstIndex, written } = await startAppending(sql, tenantId, entries, at);
  const places = new Map(
    [...calls.fresh, ...calls.late].map(({ record }, i) => [
      record.id,
      { ledgerEpoch: epoch, ledgerIndex: firstIndex + i },
    ]),
  );
  const placeOf = ({ record }: JudgedCall): LedgerPlace => {
    const place = places.get(record.id);
    if (!place) throw new Error(`Call ${record.id} was not appended.`);
    return place;
  };
  return { placeOf, written };
}
