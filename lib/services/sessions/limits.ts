import { createHash } from "node:crypto";

/** Signed out after half an hour without a request, and after twelve hours in any case. */
export const sessionLimits = { idleMs: 30 * 60_000, absoluteMs: 12 * 60 * 60_000 } as const;

/** What is stored of a token of 256 random bits: nothing that would let a reader of the database sign in. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
