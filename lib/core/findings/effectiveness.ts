import { dayMs } from "../calendar.ts";
import type { FindingCause } from "../verdicts/verdict.ts";
import type { Resolution } from "./transition.ts";

/** Unless somebody says another day, it is looked at so many days after the resolution whether it came again. */
export const checkDays = 30;
export const checkDaysMax = 366;

/** A day that comes by itself, told beforehand: nothing went wrong that has a cause. */
const reminders: readonly FindingCause[] = ["observe_ending", "acceptance_due"];

/**
 * Whether a resolution has to say what caused the case and what keeps it from coming again, and is looked at later. Where no rule was
 * broken, nothing was put right that could fail.
 */
export function needsAnalysis(cause: FindingCause, resolution: Resolution): boolean {
  return resolution !== "false_positive" && !reminders.includes(cause);
}

/** Whole days between two moments (milliseconds since 1970): for how long no call of a case's kind came. */
export function daysClean(since: number, at: number): number {
  return Math.max(0, Math.floor((at - since) / dayMs));
}
