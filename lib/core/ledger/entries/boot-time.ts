import { millisecondsOf } from "../../calendar.ts";

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
