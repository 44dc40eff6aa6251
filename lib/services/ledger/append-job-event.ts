import { v7 } from "uuid";
import { eventDraft } from "../../core/ledger/entries/event-body.ts";
import { insertEventRows, type RecordedEvent } from "../../db/audit-event.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { appendEntries } from "./append-entries.ts";

/** An event of a job, by its name, in a tenant's log. The caller holds the log's lock. Answers its place. */
export async function appendJobEvent(
  sql: SqlTransaction,
  tenantId: string,
  said: Pick<RecordedEvent, "kind" | "subject" | "detail">,
  at: Date,
  job: string,
): Promise<{ epoch: number; index: number }> {
  const event: RecordedEvent = {
    ...said,
    id: v7(),
    at,
    actor: "system",
    actorId: job,
    actorName: "Domicile",
  };
  const draft = eventDraft({ ...event, at: at.toISOString() });
  const { epoch, firstIndex: index } = await appendEntries(sql, tenantId, [draft], at);
  await insertEventRows(sql, tenantId, [{ ...event, ledgerEpoch: epoch, ledgerIndex: index }]);
  return { epoch, index };
}
