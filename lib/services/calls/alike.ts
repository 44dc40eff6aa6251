import type { TimedAttempt } from "../../core/calls/call-record.ts";
import { keepWritten } from "../../core/ledger/entries/kept-codec.ts";

/**
 * Keeps one object for all that say the same, so that what follows from it is worked out once and told apart by identity.
 * Forgets all when it holds too many. What it gives is never changed.
 */
export function createAlike<T extends object>(keptMax: number): (value: T) => T {
  const kept = new Map<string, T>();
  return (value) => {
    const text = JSON.stringify(value);
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= keptMax) kept.clear();
    kept.set(text, value);
    keepWritten(value);
    return value;
  };
}

/**
 * All of an attempt that `judge` reads, as text: it looks at no time, no size and no id of the request, and of the peer at
 * no address (`alike.test.ts` holds it to that).
 */
export function judgedPart(attempt: TimedAttempt): string {
  const { startedAt: _s, durationMs: _d, requestBytes: _q, responseBytes: _r, echo, peer, ...read } = attempt;
  const { requestId: _i, processingMs: _p, ...said } = echo;
  return JSON.stringify([read, said, peer && { ...peer, address: "" }]);
}
