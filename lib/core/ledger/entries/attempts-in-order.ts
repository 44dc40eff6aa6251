import type { TimedAttempt } from "../../calls/call-record.ts";
import { attemptEntry, attemptsCodec, type JudgedAttempt } from "./attempt-codec.ts";

/**
 * Attempts in the order in which an entry lists them: as they were made. Where not all fit, the one that the verdict
 * rests on comes first, so that it is never the one left out.
 */
export function attemptsInOrder(input: {
  readonly attempts: readonly JudgedAttempt[];
  readonly deciding: TimedAttempt | null;
}): readonly JudgedAttempt[] {
  const { attempts, deciding } = input;
  if (attempts.length < 2) return attempts;
  if (Array.isArray(attemptsCodec.write(attempts.map(attemptEntry)))) return attempts;
  const at = attempts.findIndex(({ facts }) => facts === deciding);
  const first = attempts[at];
  return first === undefined ? attempts : [first, ...attempts.toSpliced(at, 1)];
}
