import { type CanonicalValue, canonicalBytes } from "../../core/ledger/canonical.ts";
import { readCallBody } from "../../core/ledger/entries/call-body.ts";
import { decodeEntry, type Entry } from "../../core/ledger/entries/entry.ts";
import { eventDraft, type LedgerEvent, readEventBody } from "../../core/ledger/entries/event-body.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { claimed } from "../../db/entry-bundle.ts";
import { type ErasedRow, erasedOpeningsOf } from "../../db/erased-opening.ts";
import {
  callsOfEntries,
  eventsOfEntries,
  lateOutcomesOfEntries,
  openingsOf,
  type StoredOpening,
} from "../../db/ledger-rows.ts";
import type { LogKey } from "../../db/ledger-walk.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { compareCallRow } from "./compare-call-row.ts";
import type { Difference } from "./differences.ts";
import { commitmentTo, readOpening, readOpenings } from "./opening.ts";
import type { StoredPlace } from "./stored-entry.ts";

/** The rows that a page of entries speaks of, against them. Entries that cannot be read are the signer's to report. */
export async function comparePage(
  sql: SqlTransaction,
  log: LogKey,
  places: readonly StoredPlace[],
): Promise<Difference[]> {
  const entries = places.flatMap(({ bodies: [body] }) => {
    try {
      return body ? [decodeEntry(body.bytes)] : [];
    } catch {
      return [];
    }
  });
  const found = [
    ...(await compareCalls(sql, log, entries)),
    ...(await compareLateOutcomes(sql, log, entries)),
    ...(await compareEvents(sql, log, entries)),
  ];
  const first = places[0]?.index ?? 0;
  const end = first + places.length;
  const openings = await openingsOf(sql, log, first, end);
  const erased = await erasedOpeningsOf(sql, log, first, end);
  return [...found, ...compareOpenings(log, { first, end }, entries, openings, erased)].sort(
    (a, b) => (a.atIndex ?? 0) - (b.atIndex ?? 0),
  );
}

const ofType = (entries: readonly Entry[], type: Entry["type"]) =>
  entries.filter((entry) => entry.type === type);

async function compareCalls(
  sql: SqlTransaction,
  log: LogKey,
  entries: readonly Entry[],
): Promise<Difference[]> {
  const calls = ofType(entries, "call").map((entry) => ({ entry, read: readCallBody(entry.body) }));
  const wanted = calls.map(({ read: { body } }) => ({ id: body.id, startedAt: body.startedAt }));
  const rows = new Map((await callsOfEntries(sql, log.tenantId, wanted)).map((row) => [row.id, row]));
  return calls.flatMap(({ entry, read }) => {
    const { index: atIndex } = entry;
    const row = rows.get(read.body.id);
    if (!row)
      return [
        { atIndex, sentence: `The row of the call in entry ${atIndex} is missing: it was deleted or moved.` },
      ];
    const unlike = compareCallRow(row, read, entry.body);
    if (row.ledgerIndex !== atIndex || row.ledgerEpoch !== log.epoch) unlike.push("place in the ledger");
    if (unlike.length === 0) return [];
    return [
      { atIndex, sentence: `The row of the call in entry ${atIndex} was changed: ${unlike.join(", ")}.` },
    ];
  });
}

async function compareLateOutcomes(
  sql: SqlTransaction,
  log: LogKey,
  entries: readonly Entry[],
): Promise<Difference[]> {
  const late = ofType(entries, "late_outcome").map((entry) => ({
    entry,
    body: readCallBody(entry.body).body,
  }));
  const stored = await lateOutcomesOfEntries(
    sql,
    log.tenantId,
    late.map(({ body }) => body.id),
  );
  const rows = new Map(stored.map((row) => [row.callId, row]));
  return late.flatMap(({ entry: { index: atIndex }, body }) => {
    const row = rows.get(body.id);
    const words = !row
      ? "is missing: it was deleted"
      : row.verdict !== body.verdict ||
          row.reasons.join() !== body.reasons.join() ||
          row.ledgerIndex !== atIndex ||
          row.ledgerEpoch !== log.epoch
        ? "was changed"
        : null;
    return words === null
      ? []
      : [{ atIndex, sentence: `The row of the late end in entry ${atIndex} ${words}.` }];
  });
}

async function compareEvents(
  sql: SqlTransaction,
  log: LogKey,
  entries: readonly Entry[],
): Promise<Difference[]> {
  const events = ofType(entries, "event").map((entry) => ({ entry, id: readEventBody(entry.body).body.id }));
  const tenantId = log.tenantId === systemLogId ? null : log.tenantId;
  const stored = await eventsOfEntries(
    sql,
    tenantId,
    events.map(({ id }) => id),
  );
  const rows = new Map(stored.map((row) => [row.id, row]));
  return events.flatMap(({ entry, id }) => {
    const { index: atIndex } = entry;
    const row = rows.get(id);
    if (!row)
      return [{ atIndex, sentence: `The row of the event in entry ${atIndex} is missing: it was deleted.` }];
    const draft = eventDraft(row as unknown as LedgerEvent);
    const unlike =
      !sameValue(draft.body, entry.body) || row.ledgerIndex !== atIndex || row.ledgerEpoch !== log.epoch;
    return unlike ? [{ atIndex, sentence: `The row of the event in entry ${atIndex} was changed.` }] : [];
  });
}

function compareOpenings(
  log: LogKey,
  page: { readonly first: number; readonly end: number },
  entries: readonly Entry[],
  openings: readonly StoredOpening[],
  erased: readonly ErasedRow[],
): Difference[] {
  const gone = new Set(erased.map(({ index, field }) => `${index} ${field}`));
  const { left, closed } = openAll(log, openings);
  const found: Difference[] = [];
  for (const { index: atIndex, commit = {} } of entries)
    for (const [field, committed] of Object.entries(commit)) {
      const opened = left.get(`${atIndex} ${field}`);
      left.delete(`${atIndex} ${field}`);
      const say = (words: string) =>
        found.push({ atIndex, sentence: `The opening of ${field} in entry ${atIndex} ${words}.` });
      if (!opened && gone.has(`${atIndex} ${field}`)) continue;
      const bundle = opened
        ? undefined
        : closed.find(({ index, entries: n }) => atIndex >= index && atIndex < index + n);
      if (bundle) bundle.told = true;
      if (!opened && !bundle) say("is missing: it was deleted");
      else if (!opened || opened.committed !== committed)
        say("was changed: it opens nothing, or another value than was committed to");
    }
  // Of what lies together some is another page's.
  for (const { index: atIndex, field } of left.values())
    if (atIndex >= page.first && atIndex < page.end)
      found.push({
        atIndex,
        sentence: `Entry ${atIndex} commits to no ${field}, but an opening of it is stored: it was inserted.`,
      });
  for (const { index: atIndex, told } of closed)
    if (!told && atIndex >= page.first && atIndex < page.end)
      found.push({
        atIndex,
        sentence: `Openings are stored for entry ${atIndex} and those behind it that open nothing: they were inserted.`,
      });
  return found;
}

type OpenedTo = {
  readonly index: number;
  readonly field: string;
  /** Base64; null: it opens nothing. */
  readonly committed: string | null;
};

/** Openings sealed together that do not open. */
type ClosedBundle = {
  readonly index: number;
  readonly entries: number;
  /** Somebody missed one of them. */
  told: boolean;
};

/** What each stored opening opens to, by entry and field. */
function openAll(
  log: LogKey,
  openings: readonly StoredOpening[],
): { readonly left: Map<string, OpenedTo>; readonly closed: readonly ClosedBundle[] } {
  const left = new Map<string, OpenedTo>();
  const closed: ClosedBundle[] = [];
  const add = (opened: OpenedTo) => left.set(`${opened.index} ${opened.field}`, opened);
  for (const { index, field, sealed, bundled } of openings) {
    const place = { tenantId: log.tenantId, epoch: log.epoch, index };
    try {
      if (bundled === null)
        add({ index, field, committed: commitmentTo(field, readOpening(sealed, field, place)) });
      else
        for (const opened of readOpenings(sealed, place, bundled))
          add({ ...opened, committed: commitmentTo(opened.field, opened) });
    } catch {
      if (bundled === null) add({ index, field, committed: null });
      else closed.push({ index, entries: claimed(bundled), told: false });
    }
  }
  return { left, closed };
}

function sameValue(a: CanonicalValue, b: CanonicalValue): boolean {
  return Buffer.from(canonicalBytes({ v: a })).equals(canonicalBytes({ v: b }));
}
