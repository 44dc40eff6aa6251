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
