import type { PeerEvidence, ProviderEcho } from "../../core/calls/attempt-facts.ts";
import type { TimedAttempt } from "../../core/calls/call-record.ts";
import { keepWritten } from "../../core/ledger/entries/kept-codec.ts";

/**
 * Keeps one object for all that say the same, so that what follows from it is worked out once and told apart by identity.
 * Forgets all when it holds too many, or too much: `charsMax` of them as JSON. What it gives is never changed.
 */
export function createAlike<T extends object>(keptMax: number, charsMax: number): (value: T) => T {
  const kept = new Map<string, T>();
  let chars = 0;
  return (value) => {
    const text = JSON.stringify(value);
    const known = kept.get(text);
    if (known !== undefined) return known;
    // What is so long is hardly said twice, and would push out all the others.
    if (text.length > charsMax / 100) return value;
    if (kept.size >= keptMax || chars + text.length > charsMax) {
      kept.clear();
      chars = 0;
    }
    kept.set(text, value);
    chars += text.length;
    keepWritten(value);
    return value;
  };
}

/**
 * All of an attempt that `judge` reads, as text: it looks at no time, no size and no id of the request, and of the peer at
 * no address (`alike.test.ts` holds it to that).
 */
export function judgedPart(attempt: TimedAttempt): string {
  const { echo, peer } = attempt;
  return JSON.stringify([valuesOf(attempt, read), valuesOf(echo, said), peer && valuesOf(peer, seen)]);
}

type Unread = "startedAt" | "durationMs" | "requestBytes" | "responseBytes";

const read = namesOf<Exclude<keyof TimedAttempt, Unread | "echo" | "peer">>({
  no: true,
  host: true,
  progress: true,
  status: true,
  errorCode: true,
  suggestedHost: true,
  redirectHost: true,
  failure: true,
  hostGrade: true,
});
const said = namesOf<Exclude<keyof ProviderEcho, "requestId" | "processingMs">>({
  projectId: true,
  organization: true,
  edgeCode: true,
  statedRegion: true,
});
const seen = namesOf<Exclude<keyof PeerEvidence, "address">>({
  port: true,
  tlsName: true,
  tlsVerified: true,
  tlsProtocol: true,
  peerKeySha256: true,
});

/** A new member does not compile until it is named here. */
function namesOf<Name extends string>(each: Readonly<Record<Name, true>>): readonly Name[] {
  return Object.keys(each) as Name[];
}

function valuesOf<T>(of: T, names: readonly (keyof T)[]): unknown[] {
  return names.map((name) => of[name]);
}
