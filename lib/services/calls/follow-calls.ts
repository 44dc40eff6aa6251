import { setTimeout as wait } from "node:timers/promises";
import type { NewCallSearch, NewCalls } from "../../contracts/calls.ts";
import { findSession, type PersonActor } from "../sessions/find-session.ts";
import { listNewCalls } from "./list-new-calls.ts";

/** What a reader who follows is told: new calls, that nothing is new, or that the session has ended. */
export type FollowEvent =
  | { readonly kind: "calls"; readonly calls: NewCalls }
  | { readonly kind: "nothing" }
  | { readonly kind: "ended" };

export type FollowOptions = {
  readonly everyMs?: number;
  /** The reader asks again after that with the last cursor, so that no answer lives for ever. */
  readonly forMs?: number;
  readonly signal: AbortSignal;
};

/**
 * Calls as they are recorded, by asking for what comes after a cursor, again and again. The session is looked at before each
 * answer and not kept alive by it: whoever was signed out, or lost a tenant, is told nothing more.
 */
export async function* followCalls(
  token: string,
  search: NewCallSearch,
  { everyMs = 1_000, forMs = 15 * 60_000, signal }: FollowOptions,
): AsyncGenerator<FollowEvent> {
  const until = performance.now() + forMs;
  let after = search.after;
  while (!signal.aborted && performance.now() < until) {
    const actor: PersonActor | null = await findSession(token, { unattended: true });
    if (actor === null) {
      yield { kind: "ended" };
      return;
    }
    const calls: NewCalls = await listNewCalls(actor, { ...search, after });
    const isNew = calls.items.length > 0 || calls.cursor !== after;
    after = calls.cursor;
    yield isNew ? { kind: "calls", calls } : { kind: "nothing" };
    if (!calls.more) await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
