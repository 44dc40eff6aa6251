import { daysOf } from "../../calendar.ts";

/** Clocks of two machines may differ by so much. */
const skewMs = 60_000;

/**
 * Whether a gateway boot may have begun before an instant (RFC 3339 UTC with milliseconds). A boot's id is a UUIDv7, so it
 * carries the time of its start; one that does not may be of any age.
 */
export function isBootOlder(boot: string, at: string): boolean {
  const parts = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(boot);
  if (parts === null) return true;
  return Number.parseInt(`${parts[1]}${parts[2]}`, 16) < millisecondsOf(at) + skewMs;
}

/** Milliseconds since 1970, by the calendar alone. */
function millisecondsOf(at: string): number {
  const digits = at.match(/\d+/g) ?? [];
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, ms = 0] = digits.map(Number);
  return ((daysOf(year, month, day) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000 + ms;
}
