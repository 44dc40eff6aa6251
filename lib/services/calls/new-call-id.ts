import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

/**
 * UUIDv7 of a call that began then, in whatever order calls are told of. Randomness is drawn for many at once: each draw
 * is a call of the system.
 */
export function newCallId(startedAt: number): string {
  if (at === pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  at += 16;
  return v7({ msecs: startedAt, random: pool.subarray(at - 16, at) });
}

const pool = new Uint8Array(16 * 512);
let at = pool.length;
