import { formatInstant } from "./format-time.ts";

/** `22 Nov 2026` of a UTC day. */
export function formatDay(day: string): string {
  return formatInstant(`${day}T00:00:00Z`, "day").replace(/ UTC$/, "");
}
