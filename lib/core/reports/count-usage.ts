import { type UsageState, usageStates } from "../accounts/compare-usage.ts";
import type { EventBody } from "../ledger/entries/event-body.ts";
import { addSum, addTo, type ExactSum, exactSum } from "./exact-sum.ts";
import { appendRows, listRow } from "./first-rows.ts";
import { type ComparedDay, readComparedDay, usageCompared } from "./read-usage-event.ts";
import type { ReportFrame } from "./report-frame.ts";

export type ToldDay = ComparedDay & {
  /** Of the entry. */
  readonly index: number;
  /** False: of a day before the period, and told in it. */
  readonly ofPeriod: boolean;
};

/** Days of one project and kind. Plain values. */
export type UsageRow = {
  readonly project: string;
  readonly kind: string;
  readonly ofPeriod: boolean;
  /** Days by what came of them. */
  readonly states: Record<UsageState, number>;
  firstDay: string;
  lastDay: string;
  readonly sums: Readonly<Record<UsageCount, ExactSum>>;
  /** What the provider counted on days that are not comparable. */
  readonly notComparable: ExactSum;
};

/** Counts of a comparison that are added up. */
export const usageCounts = [
  "providerRequests",
  "batchRequests",
  "sent",
  "accepted",
  "reported",
  "edge",
  "ownEdge",
  "unnamed",
  "elsewhere",
  "open",
  "missing",
] as const;
export type UsageCount = (typeof usageCounts)[number];

/** What some entries say of the provider's own count. */
export type UsageTables = {
  readonly rows: Map<string, UsageRow>;
  /** Days that do not agree; the first ones, in the order of their entries. */
  readonly differing: ToldDay[];
  differingCount: number;
  /** Entries that say it in a way this program does not know. */
  unreadable: number;
};

export const emptyUsage = (): UsageTables => ({
  rows: new Map(),
  differing: [],
  differingCount: 0,
  unreadable: 0,
});

/**
 * Adds what an event says of the provider's count. A day counts where the period touches it, whenever it was settled; an
 * earlier one where it was settled in the period, since the report before this one could not have it.
 */
export function countUsage(
  tables: UsageTables,
  frame: Pick<ReportFrame, "from" | "to">,
  index: number,
  event: EventBody,
): void {
  if (event.kind !== usageCompared) return;
  const said = readComparedDay(event);
  if (said === null) {
    tables.unreadable += 1;
    return;
  }
  const ofPeriod = isOfPeriod(said.day, event.happenedAt, frame);
  if (ofPeriod === null) return;
  const told = { ...said, index, ofPeriod };
  addDay(tables.rows, told);
  if (said.state === "agrees") return;
  tables.differingCount += 1;
  listRow(tables.differing, () => told);
}

/** Null: the entry says nothing for this period. */
function isOfPeriod(
  day: string,
  toldAt: string,
  { from, to }: Pick<ReportFrame, "from" | "to">,
): boolean | null {
  if (`${day}T00:00:00.000Z` >= to) return null;
  if (day >= from.slice(0, 10)) return true;
  return toldAt >= from && toldAt < to ? false : null;
}

function addDay(rows: UsageTables["rows"], told: ToldDay): void {
  const { project, kind, day, ofPeriod, state } = told;
  const key = JSON.stringify([!ofPeriod, project, kind]);
  const row = rows.get(key) ?? emptyRow(told);
  rows.set(key, row);
  row.states[state] += 1;
  if (day < row.firstDay) row.firstDay = day;
  if (day > row.lastDay) row.lastDay = day;
  for (const name of usageCounts) addTo(row.sums[name], told[name]);
  if (state === "not_comparable") addTo(row.notComparable, told.providerRequests);
}

function emptyRow({ project, kind, ofPeriod, day }: ToldDay): UsageRow {
  return {
    project,
    kind,
    ofPeriod,
    states: Object.fromEntries(usageStates.map((state) => [state, 0])) as UsageRow["states"],
    firstDay: day,
    lastDay: day,
    sums: Object.fromEntries(usageCounts.map((name) => [name, exactSum()])) as UsageRow["sums"],
    notComparable: exactSum(),
  };
}

/** Puts what later entries say behind what earlier ones did. */
export function mergeUsage(into: UsageTables, next: UsageTables): void {
  for (const [key, row] of next.rows) {
    const known = into.rows.get(key);
    if (known === undefined) {
      into.rows.set(key, row);
      continue;
    }
    for (const state of usageStates) known.states[state] += row.states[state];
    if (row.firstDay < known.firstDay) known.firstDay = row.firstDay;
    if (row.lastDay > known.lastDay) known.lastDay = row.lastDay;
    for (const name of usageCounts) addSum(known.sums[name], row.sums[name]);
    addSum(known.notComparable, row.notComparable);
  }
  appendRows(into.differing, next.differing);
  into.differingCount += next.differingCount;
  into.unreadable += next.unreadable;
}
