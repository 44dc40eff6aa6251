import type { AttemptFacts } from "../../core/calls/attempt-facts.ts";
import type { CallEnd, CallFacts, CallSource } from "../../core/calls/call-facts.ts";
import type { RefusalRecord } from "../../core/calls/call-record.ts";
import type { Pin } from "../../core/policies/policy.ts";
import type { ReplayedCall } from "../../core/policies/replay.ts";
import type { Verdict } from "../../core/verdicts/verdict.ts";
import type { ReplayRow } from "../../db/replay-read.ts";

/** A stored call as a replay reads it. What it holds was checked when it was written. */
export function replayedCall(row: ReplayRow): ReplayedCall {
  return {
    startedAt: row.startedAt.toISOString(),
    source: row.source as CallSource,
    target: row.target,
    intendedRegion: row.intendedRegion,
    facts: row.facts as CallFacts,
    attempts: row.attempts as AttemptFacts[],
    pin: row.pin as Pin,
    end: row.callEnd as CallEnd,
    refusal: row.refusal as RefusalRecord | null,
    verdict: row.verdict as Verdict,
  };
}
