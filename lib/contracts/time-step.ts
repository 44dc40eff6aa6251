import { dayMs } from "../core/calendar.ts";

/**
 * What figures over time are told by. The seven days of a week are counted from where the span begins, whatever weekday that
 * is, so that a span holds what was asked for and nothing else; its last step may be shorter.
 */
export type TimeStep = "hour" | "day" | "week";

const hourMs = 3_600_000;
const lengths: Readonly<Record<TimeStep, number>> = { hour: hourMs, day: dayMs, week: 7 * dayMs };

/** In milliseconds. */
export function stepMs(step: TimeStep): number {
  return lengths[step];
}

/** What a step is called where figures are told per step. */
export const stepNoun: Readonly<Record<TimeStep, string>> = {
  hour: "hour",
  day: "UTC day",
  week: "7 UTC days",
};

/** What a span is counted in, and compared by: a week is days. */
export function countedNoun(step: TimeStep): string {
  return step === "hour" ? "hour" : "UTC day";
}
