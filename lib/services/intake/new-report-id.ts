import { v7 } from "uuid";

/** UUIDv7 of a call that began then, in whatever order calls are reported. */
export function newReportId(startedAt: number): string {
  return v7({ msecs: startedAt });
}
