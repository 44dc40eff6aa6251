import { v7 } from "uuid";
import { eventDraft } from "../../core/ledger/entries/event-body.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { type Viewed, viewedKinds } from "../../core/trail/evidence-kinds.ts";
import { insertEventRows, type RecordedEvent } from "../../db/audit-event.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { type Looks, logsWithNotes, takeNotes } from "../../db/view-note.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { appendEntries } from "../ledger/append-entries.ts";

const minuteMs = 60_000;
/** An entry names so many objects; how many there were, it says. Of calls more: who sent one hangs on its name. */
const namedMax = 20;
const namedCallsMax = 64;

/**
 * Puts the looks of minutes that are over into the logs they belong to, one entry per person, kind and minute. Safe to
 * repeat: notes are taken out in the transaction of their entries. Answers how many entries it wrote.
 */
export async function recordLooks(now: Date): Promise<number> {
  const logIds = [...(await allTenantIds()), systemLogId];
  const before = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs);
  const waiting = await withTenantSql({ read: logIds, write: null }, (sql) =>
    logsWithNotes(sql, logIds, before),
  );
  let entries = 0;
  await forEachTenant(waiting, async (logId) => {
    entries += await recordLog(logId, before, now);
  });
  return entries;
}

async function recordLog(logId: string, before: Date, at: Date): Promise<number> {
  return withTenantSql(tenantScope(logId), async (sql) => {
    await lockRecording(sql, logId);
    const looks = await takeNotes(sql, logId, before, namedCallsMax);
    if (looks.length === 0) return 0;
    const events = looks.map((each) => eventOf(each, at));
    const drafts = events.map((event) => eventDraft({ ...event, at: event.at.toISOString() }));
    const { epoch, firstIndex } = await appendEntries(sql, logId, drafts, at);
    await insertEventRows(
      sql,
      logId === systemLogId ? null : logId,
      events.map((event, i) => ({ ...event, ledgerEpoch: epoch, ledgerIndex: firstIndex + i })),
    );
    return events.length;
  });
}

function eventOf(
  { minute, personId, personName, what, looks, objects, named }: Looks,
  at: Date,
): RecordedEvent {
  const { event } = viewedKinds[what as Viewed];
  const isCall = event === "playground_call.allowed";
  return {
    id: v7(),
    at,
    actor: "person",
    actorId: personId,
    actorName: personName,
    kind: event,
    subject: objects === 1 ? (named[0] ?? "") : `${objects} ${isCall ? "calls" : "objects"}`,
    detail: {
      ...{ what, minute: minute.toISOString(), looks, objects },
      objectIds: isCall ? named : named.slice(0, namedMax),
    },
  };
}
