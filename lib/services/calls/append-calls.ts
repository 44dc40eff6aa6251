import { callDraft, lateOutcomeDraft } from "../../core/ledger/entries/call-draft.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { appendEntries } from "../ledger/append-entries.ts";
import type { JudgedCall } from "./judge-records.ts";

/** Where a call's entry stands in its tenant's ledger. */
export type LedgerPlace = { readonly ledgerEpoch: number; readonly ledgerIndex: number };

/**
 * Appends an entry for each call and for each end that came late, in one batch, under the tenant's lock. The answer says
 * where each one stands, so that its row can.
 */
export async function appendCalls(
  sql: SqlTransaction,
  tenantId: string,
  calls: { readonly fresh: readonly JudgedCall[]; readonly late: readonly JudgedCall[] },
  at: Date,
): Promise<(call: JudgedCall) => LedgerPlace> {
  const drafts = [...calls.fresh.map(callDraft), ...calls.late.map(lateOutcomeDraft)];
  const { epoch, firstIndex } = await appendEntries(sql, tenantId, drafts, at);
  const places = new Map(
    [...calls.fresh, ...calls.late].map(({ record }, i) => [
      record.id,
      { ledgerEpoch: epoch, ledgerIndex: firstIndex + i },
    ]),
  );
  return ({ record }) => {
    const place = places.get(record.id);
    if (!place) throw new Error(`Call ${record.id} was not appended.`);
    return place;
  };
}
