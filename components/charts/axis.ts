import { formatShortInstant } from "../ui/format-time.ts";

/** Margins and text of every chart of time. */
export const chartMargin = { top: 8, right: 8, bottom: 4, left: 0 };
export const axisText = { fill: "var(--faint)", fontSize: 12 };

/** A step's start under the axis, whose heading says UTC: the day, or the hour within one. */
export function formatTick(at: string, step: "hour" | "day"): string {
  const isMidnight = new Date(at).getTime() % 86_400_000 === 0;
  return step === "day" || isMidnight ? formatShortInstant(at, "day") : formatShortInstant(at).slice(-5);
}

/** The end, exclusive, of the step that begins at an instant. */
export function endOfStep(at: string, step: "hour" | "day"): string {
  return new Date(Date.parse(at) + (step === "hour" ? 3_600_000 : 86_400_000)).toISOString();
}
