import type { OutgoingRequest, Seen } from "./attempt.ts";

/** Dials for one call, the first included. */
const dialsMax = 2;

/**
 * Whether a request that failed may be dialled once more: at the same host, while nothing was answered, with a body
 * that is still here, and where no byte of it was written. A request that only reads may also follow one that was cut.
 *
 * An answer is never a reason: 429 and 5xx are the caller's to judge, whose client knows how to wait
 * (docs/decisions/0005-what-the-gateway-dials-twice.md).
 */
export function maySendAgain(seen: Seen, request: OutgoingRequest, dials: number): boolean {
  if (dials >= dialsMax || seen.status !== null || request.body.kind === "streamed") return false;
  const cut = seen.failure === "reset";
  if (seen.progress === "not_sent") return cut || seen.failure === "tcp";
  return cut && seen.responseBytes === 0 && readsOnly.has(request.method);
}

const readsOnly: ReadonlySet<string> = new Set(["GET", "HEAD"]);
