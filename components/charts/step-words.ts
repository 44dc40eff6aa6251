import type { Precision } from "../../lib/contracts/instant-words.ts";
import type { TimeStep } from "../../lib/contracts/time-step.ts";

/** Over a column of starts of steps. */
export const stepHeading: Readonly<Record<TimeStep, string>> = {
  hour: "Hour (UTC)",
  day: "Day (UTC)",
  week: "7 days from (UTC)",
};

/** Behind the start of a step, in a tooltip. */
export const oneStep: Readonly<Record<TimeStep, string>> = {
  hour: "one hour",
  day: "one day",
  week: "7 days",
};

/** Of a step's start. */
export function stepPrecision(step: TimeStep): Precision {
  return step === "hour" ? "minute" : "day";
}
