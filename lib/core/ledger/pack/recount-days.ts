import { edgeMs, longestMs } from "../../accounts/compare-usage.ts";
import { usageKindOf } from "../../accounts/counted-as.ts";
import { dayMs, millisecondsOf } from "../../calendar.ts";
import type { ComparedDay } from "../../reports/read-usage-event.ts";
import type { ReportFrame } from "../../reports/report-frame.ts";
import { timeText } from "../../time-text.ts";
import type { ReadCall } from "../entries/call-body.ts";

/** Requests that calls of one kind and UTC day sent, by the project that the answers named. Plain values. */
type DayRow = {
  sent: number;
  accepted: number;
  reported: number;
  /** Of `sent`: so early that the provider may count them to the day before, and so late that it may be to the day after. */
  early: number;
  late: number;
  /** Not all attempts of these calls are in their entries. */
  cut: number;
};

/** What some entries hold for counting compared days again. Plain values, which travel between threads. */
export type DayTables = {
  readonly calls: Map<string, DayRow>;
  readonly compared: (ComparedDay & { readonly index: number })[];
};

export const emptyDays = (): DayTables => ({ calls: new Map(), compared: [] });

export const rowsOfDays = ({ calls, compared }: DayTables): number => calls.size + compared.length;

const emptyRow = (): DayRow => ({ sent: 0, accepted: 0, reported: 0, early: 0, late: 0, cut: 0 });

/** The start tells the day, of every attempt: as the comparison counts them. */
export function addDayCall({ calls }: DayTables, { body, cuts }: ReadCall): void {
  const kind = usageKindOf(body.facts.operation);
  if (kind === null) return;
  const day = body.startedAt.slice(0, 10);
  const sinceMidnight = millisecondsOf(body.startedAt) - millisecondsOf(`${day}T00:00:00.000Z`);
  const rowOf = (project: string | null): DayRow => {
    const key = keyOf(kind, day, project);
    const row = calls.get(key) ?? emptyRow();
    calls.set(key, row);
    return row;
  };
  if (cuts.includes("body.attempts")) rowOf(null).cut += 1;
  for (const { progress, status, echo } of body.attempts) {
    if (progress === "refused" || progress === "not_sent") continue;
    const row = rowOf(echo.projectId);
    row.sent += 1;
    if (status !== null && ((status >= 200 && status <= 299) || status === 101)) row.accepted += 1;
    if (!isOurs[body.source]) row.reported += 1;
    if (sinceMidnight < edgeMs) row.early += 1;
    if (sinceMidnight >= dayMs - longestMs - edgeMs) row.late += 1;
  }
}

/** Whether a gateway of ours saw the call. */
const isOurs: Readonly<Record<ReadCall["body"]["source"], boolean>> = {
  gateway: true,
  playground: true,
  upkeep: true,
  intake: false,
  otlp: false,
  litellm: false,
};

const keyOf = (kind: string, day: string, project: string | null): string =>
  JSON.stringify([kind, day, project]);

export function mergeDays(into: DayTables, next: DayTables): void {
  for (const [key, row] of next.calls) {
    const known = into.calls.get(key);
    if (known === undefined) into.calls.set(key, row);
    else for (const name of Object.keys(known) as (keyof DayRow)[]) known[name] += row[name];
  }
  for (const each of next.compared) into.compared.push(each);
}

export type DaysAgain = {
  /** Days whose calls are all here. */
  readonly held: number;
  readonly problems: readonly { readonly index: number; readonly words: string }[];
};

/**
 * Holds every compared day against the calls of a range of which nothing is missing: it may not claim more of them than are
 * there. Which key is of which project the calls do not say, so that one whose answer names none passes for any. That a day claims
 * fewer hides nothing, and calls that came after it was settled are in it never. `firstAt`: when the first entry was appended.
 */
export function recountDays(
  { calls, compared }: DayTables,
  { first, from }: Pick<ReportFrame, "first" | "from">,
  firstAt: string | null,
): DaysAgain {
  // Calls from before are in no entry of this range, or of this log.
  const knownFrom = millisecondsOf(first > 0 || firstAt === null ? from : firstAt);
  const seen = new Set<string>();
  const problems: { index: number; words: string }[] = [];
  let held = 0;
  for (const said of compared) {
    const { index, kind, day, project } = said;
    const name = keyOf(kind, day, project);
    if (seen.has(name))
      problems.push({
        index,
        words: "tells again of a day that was settled, and a settled day never changes.",
      });
    seen.add(name);
    const start = millisecondsOf(`${day}T00:00:00.000Z`);
    if (start < knownFrom) continue;
    const of = (at: number) => mostOf(calls, kind, dayOf(at), project);
    const [own, before, after] = [of(start), of(start - dayMs), of(start + dayMs)];
    if (own.cut + before.cut + after.cut > 0) continue;
    held += 1;
    const most = own.sent + before.late + after.early;
    const wrong =
      tooMany("were sent", said.sent, own.sent) ??
      tooMany("were answered with a success", said.accepted, own.accepted) ??
      tooMany("were told by other programs", said.reported, own.reported) ??
      (start - longestMs - edgeMs < knownFrom
        ? null
        : tooMany("may be counted to the day", said.sent + said.edge + said.unnamed, most));
    if (wrong !== null) problems.push({ index, words: wrong });
  }
  return { held, problems };
}

function tooMany(what: string, said: number, most: number): string | null {
  return said <= most
    ? null
    : `says that ${said} requests ${what}; the calls that are here are ${most} at most.`;
}

/** Of a day, what may be of a project: what named it, and what named none. */
function mostOf(calls: DayTables["calls"], kind: string, day: string, project: string): DayRow {
  const sum = emptyRow();
  for (const each of [project, null]) {
    const row = calls.get(keyOf(kind, day, each));
    if (row) for (const name of Object.keys(sum) as (keyof DayRow)[]) sum[name] += row[name];
  }
  return sum;
}

const dayOf = (at: number): string => timeText(at).slice(0, 10);
