/** A stretch of time: `from` included, `to` not. UTC. */
export type ReportPeriod = { readonly from: Date; readonly to: Date };

export type ScheduleRhythm = "monthly" | "quarterly";

const monthsOf: Readonly<Record<ScheduleRhythm, number>> = { monthly: 1, quarterly: 3 };

/** The whole month or quarter that ended last. */
export function lastWhole(rhythm: ScheduleRhythm, now: Date): ReportPeriod {
  const to = startOf(rhythm, now);
  return { from: addMonths(to, -monthsOf[rhythm]), to };
}

/** The period whose end is due at that moment. */
export function periodEnding(rhythm: ScheduleRhythm, to: Date): ReportPeriod {
  return { from: addMonths(to, -monthsOf[rhythm]), to };
}

/** The first end of a month or quarter after a moment. */
export function nextEnd(rhythm: ScheduleRhythm, now: Date): Date {
  return addMonths(startOf(rhythm, now), monthsOf[rhythm]);
}

function startOf(rhythm: ScheduleRhythm, now: Date): Date {
  const month = now.getUTCMonth();
  return new Date(Date.UTC(now.getUTCFullYear(), month - (month % monthsOf[rhythm]), 1));
}

function addMonths(at: Date, months: number): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
}
