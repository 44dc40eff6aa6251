import type { Precision } from "../../lib/contracts/instant-words.ts";
import { stepMs, type TimeStep } from "../../lib/contracts/time-step.ts";
import { formatInstant } from "../ui/format-time.ts";

/** Over a column of starts of steps. */
export const stepHeading: Readonly<Record<TimeStep, string>> = {
  hour: "Hour (UTC)",
  day: "Day (UTC)",
  week: "7 days from (UTC)",
};

/** How long the step that begins at an instant is, where the last one ends at `to`: seven days may not be whole. */
export function stepLength(at: string, step: TimeStep, to: string): string {
  if (step !== "week") return `one ${step}`;
  const ms = Math.min(stepMs("week"), Date.parse(to) - Date.parse(at));
  const days = Math.ceil(ms / stepMs("day"));
  return days === 1 ? "one day" : `${days} days`;
}

/** Of a step's start. */
export function stepPrecision(step: TimeStep): Precision {
  return step === "hour" ? "minute" : "day";
}

/** Of what is told about one step: its start, and how long it is. */
export function stepTitle(at: string, step: TimeStep, to: string): string {
  return `${formatInstant(at, stepPrecision(step))}, ${stepLength(at, step, to)}`;
}
