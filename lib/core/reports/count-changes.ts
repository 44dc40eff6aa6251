import type { EventBody } from "../ledger/entries/event-body.ts";
import { addSum, addTo, type ExactSum, exactSum } from "./exact-sum.ts";
import { appendRows, listRow } from "./first-rows.ts";
import { countKey, mergeCounts } from "./key-counts.ts";

/** A change, or an access, as its entry says it. People stand as ids; names are committed to. */
export type ChangeEntry = {
  readonly index: number;
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
  readonly actor: string;
  readonly detail: EventBody["detail"];
};

/** What events of the period say; of each list the first ones, in their order. */
export type ChangeTables = {
  readonly kinds: Map<string, number>;
  readonly rows: ChangeEntry[];
  /** Listed by themselves: there may be more events of other kinds than are listed. */
  readonly restatements: ChangeEntry[];
  readonly exceptions: ChangeEntry[];
  /** An entry holds all looks of a person at one kind of evidence within a minute. */
  readonly looks: ExactSum;
  /** The same of small files that left; what leaves in bulk is an entry each. */
  readonly copies: ExactSum;
};

export const emptyChanges = (): ChangeTables => ({
  kinds: new Map(),
  rows: [],
  restatements: [],
  exceptions: [],
  looks: exactSum(),
  copies: exactSum(),
});

export function countChange(tables: ChangeTables, index: number, event: EventBody): void {
  const { kind, detail } = event;
  countKey(tables.kinds, kind);
  if (isListed(kind)) listRow(tables.rows, () => changeOf(index, event));
  if (kind.startsWith("restatement.")) listRow(tables.restatements, () => changeOf(index, event));
  if (kind.startsWith("exception.")) listRow(tables.exceptions, () => changeOf(index, event));
  const times = typeof detail.looks === "number" && detail.looks > 0 ? detail.looks : 1;
  if (kind.endsWith(".viewed")) addTo(tables.looks, times);
  if (kind.endsWith(".exported")) addTo(tables.copies, times);
}

export function mergeChanges(into: ChangeTables, next: ChangeTables): void {
  mergeCounts(into.kinds, next.kinds);
  appendRows(into.rows, next.rows);
  appendRows(into.restatements, next.restatements);
  appendRows(into.exceptions, next.exceptions);
  addSum(into.looks, next.looks);
  addSum(into.copies, next.copies);
}

/** Whether events of a kind are listed. Whoever looked is counted, not listed: there may be more looks than calls. */
export function isListed(kind: string): boolean {
  return !/\.(?:viewed|refresh_wanted)$/.test(kind);
}

function changeOf(index: number, { happenedAt, kind, subject, actor, detail }: EventBody): ChangeEntry {
  const who = actor.kind === "person" ? `person ${actor.id}` : `${actor.kind} ${actor.name ?? actor.id}`;
  return { index, at: happenedAt, kind, subject, actor: who, detail };
}
