import type { DaySpan } from "../../lib/contracts/coverage.ts";
import { formatDay } from "../ui/format-day.ts";

/** `14 Nov 2026 – 27 Nov 2026`, both included; one day alone by itself. */
export function daysWords({ from, to }: DaySpan): string {
  const last = new Date(Date.parse(to) - 1).toISOString().slice(0, 10);
  return from === last ? formatDay(from) : `${formatDay(from)} – ${formatDay(last)}`;
}
