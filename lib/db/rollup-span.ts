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

/** The hours before the first whole UTC day of a span, its whole days, and the hours after them. */
export function stretchesOf({ from, to }: Span): (Date | string)[] {
  const first = Math.floor(from.getTime() / hourMs) * hourMs;
  const firstDay = Math.ceil(first / dayMs) * dayMs;
  const endDay = Math.floor(to.getTime() / dayMs) * dayMs;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  if (firstDay >= endDay)
    return [new Date(first), to, day(firstDay), day(firstDay), new Date(first), new Date(first)];
  return [new Date(first), new Date(firstDay), day(firstDay), day(endDay), new Date(endDay), to];
}
