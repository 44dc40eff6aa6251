import { dayWords } from "../../lib/contracts/instant-words.ts";
import type { Window } from "../../lib/contracts/range.ts";
import { stepMs, type TimeStep } from "../../lib/contracts/time-step.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { formatShortInstant } from "../ui/format-time.ts";
import { timeTicks } from "./time-ticks.ts";

/** Margins and text of every chart of time. */
export const chartMargin = { top: 8, right: 8, bottom: 4, left: 0 };
const axisText = { fill: "var(--faint)", fontSize: 12 };

/**
 * A chart's key: with other steps it is a new chart. Else the one that is there keeps pointing at a place among its steps, and
 * tells of another step there as soon as they change.
 */
export function chartKey(starts: readonly string[], step: TimeStep): string {
  return `${step} ${starts.length} ${starts[0] ?? ""}`;
}

/** The axis of steps, which begin at `starts`. */
export function timeAxis(starts: readonly string[], step: TimeStep) {
  return {
    axisLine: { stroke: "var(--line-strong)" },
    dataKey: "at",
    interval: "equidistantPreserveStart",
    minTickGap: 24,
    tick: axisText,
    tickFormatter: (at: string) => formatTick(at, step),
    tickLine: false,
    tickMargin: 8,
    ticks: timeTicks(starts),
  } as const;
}

/** The axis of what is counted or measured. */
export function valueAxis(format: (value: number) => string, width: number) {
  return {
    axisLine: false,
    tick: axisText,
    tickCount: 4,
    tickFormatter: format,
    tickLine: false,
    width,
  } as const;
}

/** The span that is being drawn over a chart. */
export const drawnSpan = { fill: "var(--accent)", fillOpacity: 0.12, stroke: "var(--accent-ink)" };

/** A step's start under the axis, whose heading says UTC: the day, or the hour within one; with its year where there may be two. */
function formatTick(at: string, step: TimeStep): string {
  if (step === "week") return dayWords(at);
  const isMidnight = new Date(at).getTime() % dayMs === 0;
  return step === "day" || isMidnight ? formatShortInstant(at, "day") : formatShortInstant(at).slice(-5);
}

/** The end, exclusive, of the step of a window that begins at an instant. Of seven days the last may not be whole. */
export function endOfStep(at: string, { step, window }: { step: TimeStep; window: Window }): string {
  const end = Date.parse(at) + stepMs(step);
  return new Date(step === "week" ? Math.min(end, Date.parse(window.to)) : end).toISOString();
}
