import type { Window } from "../../lib/contracts/range.ts";
import { countedNoun, type TimeStep } from "../../lib/contracts/time-step.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { formatWindow } from "./format-time.ts";

/** What a count over a window rests on, inside a sentence. */
export const coverageWords: Readonly<Record<Window["coverage"], string>> = {
  complete: "coverage complete",
  part: "a part of the range",
  retained_only: "part of the range was deleted by retention",
  before_record: "the range begins before the first recorded call",
};

/** Which part of what was asked for a window is, in days: "the last 31 of 60 days"; null where it leaves nothing out. */
export function partWords({ from, to, asked }: Window): string | null {
  if (asked === null || asked.from >= from) return null;
  return `the last ${daysBetween(from, to)} of ${daysBetween(asked.from, asked.to)} days`;
}

/** What is added to a range that is counted in whole hours or days; null where it has these very ends. */
export function widenedWords({ from, to, asked }: Window, step: TimeStep): string | null {
  if (asked === null || asked.from < from) return null;
  const whole = step === "hour" ? "whole UTC hours" : `whole ${countedNoun(step)}s`;
  return asked.to === to
    ? `counted in ${whole}`
    : `the ${whole} around ${formatWindow(asked.from, asked.to)}`;
}

/** Days from one moment to another, a begun one counted. */
export function daysBetween(from: string, to: string): number {
  return Math.ceil((Date.parse(to) - Date.parse(from)) / dayMs);
}
