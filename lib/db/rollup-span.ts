import { stepMs, type TimeStep } from "../contracts/time-step.ts";

export type Span = { readonly from: Date; readonly to: Date };

/** The rollup's rows within a span, and the step that each is told in. */
export type RollupSpan = {
  readonly table: "rollup_hour" | "rollup_day";
  /** The instant at which a row's hour or day begins. */
  readonly counted: string;
  /** The instant at which its step begins. `from`: where its span begins, a parameter or an expression. */
  readonly at: (from: string) => string;
  /** `from` and `to` are parameters, `$2` for one; a UTC day that has begun counts. */
  readonly within: (from: string, to: string) => string;
};

const dayOf = (instant: string) => `(${instant}::timestamptz AT TIME ZONE 'UTC')::date`;
const midnightOf = (day: string) => `${day}::timestamp AT TIME ZONE 'UTC'`;

const ofDays = {
  table: "rollup_day",
  counted: midnightOf("day"),
  within: (from: string, to: string) =>
    `day >= ${dayOf(from)} AND day < ${dayOf(to)} + ((${to}::timestamptz AT TIME ZONE 'UTC')::time > '00:00')::int`,
} as const;

export const rollupSpans: Readonly<Record<TimeStep, RollupSpan>> = {
  hour: {
    table: "rollup_hour",
    counted: "hour",
    at: () => "hour",
    within: (from, to) => `hour >= ${from}::timestamptz AND hour < ${to}::timestamptz`,
  },
  day: { ...ofDays, at: () => ofDays.counted },
  week: { ...ofDays, at: (from) => midnightOf(`(day - (day - ${dayOf(from)}) % 7)`) },
};

const hourMs = stepMs("hour");
const dayMs = stepMs("day");

/** A stretch of rows that are counted one by one: into the sum, or out of what whole hours counted. */
export type EdgeRows = Span & { readonly sign: 1 | -1 };

/** How a span is counted to the millisecond. */
export type Counted = {
  /** Whole UTC hours whose rows come from rollups. */
  readonly hours: Span;
  /** For the two hours that the span may touch in part: at most half an hour of rows each. Both may be empty. */
  readonly edges: readonly [EdgeRows, EdgeRows];
};

/**
 * The hour at either end counts by the rows of its shorter part: by those within the span, or as a whole without the others.
 * Of an hour that has not passed, at `now`, the part to come holds none.
 */
export function countedOf({ from, to }: Span, now: number): Counted {
  const [start, end] = [from.getTime(), to.getTime()];
  const rows = (a: number, b: number, sign: 1 | -1): EdgeRows => ({
    from: new Date(a),
    to: new Date(Math.max(a, b)),
    sign,
  });
  const first = floorToHour(start);
  const last = floorToHour(end);
  const wholeFrom = start - first <= hourMs / 2 ? first : first + hourMs;
  const wholeTo = Math.min(last + hourMs, now) - end < end - last ? last + hourMs : last;
  // Within an hour, or from the end of one to the beginning of the next, there is no whole one.
  if (wholeFrom >= wholeTo)
    return { hours: { from, to: from }, edges: [rows(start, end, 1), rows(end, end, 1)] };
  return {
    hours: { from: new Date(wholeFrom), to: new Date(wholeTo) },
    edges: [
      wholeFrom <= start ? rows(wholeFrom, start, -1) : rows(start, wholeFrom, 1),
      wholeTo >= end ? rows(end, wholeTo, -1) : rows(wholeTo, end, 1),
    ],
  };
}

/** Of whole hours those before the first whole UTC day, the whole days, and the hours after them. */
export function stretchesOf({ from, to }: Span): (Date | string)[] {
  const [start, end] = [from.getTime(), to.getTime()];
  const firstDay = Math.ceil(start / dayMs) * dayMs;
  const endDay = Math.floor(end / dayMs) * dayMs;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  if (firstDay >= endDay) return [from, to, day(firstDay), day(firstDay), from, from];
  return [from, new Date(firstDay), day(firstDay), day(endDay), new Date(endDay), to];
}

function floorToHour(ms: number): number {
  return Math.floor(ms / hourMs) * hourMs;
}
