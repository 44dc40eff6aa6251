export type Span = { readonly from: Date; readonly to: Date };

export type RollupStep = "hour" | "day";

/** Rows of `rollup_hour` or `rollup_day` that begin within a span, and the instant each begins. */
export type RollupSpan = {
  readonly at: string;
  /** `from` and `to` are parameters, `$2` for one; a UTC day that has begun counts. */
  readonly within: (from: string, to: string) => string;
};

export const rollupSpans: Readonly<Record<RollupStep, RollupSpan>> = {
  hour: {
    at: "hour",
    within: (from, to) => `hour >= ${from}::timestamptz AND hour < ${to}::timestamptz`,
  },
  day: {
    at: "day::timestamp AT TIME ZONE 'UTC'",
    within: (from, to) =>
      `day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date
       AND day < (${to}::timestamptz AT TIME ZONE 'UTC')::date + ((${to}::timestamptz AT TIME ZONE 'UTC')::time > '00:00')::int`,
  },
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

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
