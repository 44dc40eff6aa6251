import {
  clockWords,
  instantWords,
  type Precision,
  shortDayWords,
} from "../../lib/contracts/instant-words.ts";
import { dayMs } from "../../lib/core/calendar.ts";

/** `22 Nov 2026 14:05 UTC`. Always UTC and always says so. */
export const formatInstant = instantWords;

/** `22 Nov 14:05`, for axes and dense lists whose heading says UTC. */
export function formatShortInstant(at: string | Date, precision: Precision = "minute"): string {
  const date = new Date(at);
  const day = shortDayWords(date);
  return precision === "day" ? day : `${day} ${clockWords(date, precision)}`;
}

/** `15 Nov 2026 14:00 – 22 Nov 2026 14:00 UTC`; days alone where both ends are midnights. */
export function formatWindow(from: string, to: string): string {
  const isMidnight = (at: string) => new Date(at).getTime() % dayMs === 0;
  const precision = isMidnight(from) && isMidnight(to) ? "day" : "minute";
  return `${formatInstant(from, precision).replace(/ UTC$/, "")} – ${formatInstant(to, precision)}`;
}

/** `840 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  if (seconds < 86_400)
    return pair(Math.floor(seconds / 3600), "h", Math.floor((seconds % 3600) / 60), "min");
  return pair(Math.floor(seconds / 86_400), "d", Math.floor((seconds % 86_400) / 3600), "h");
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
