import type { AttemptFacts } from "../calls/attempt-facts.ts";
import { opensWayPastGateway } from "../calls/bypass.ts";
import type { CallEnd, CallFacts, CallSource } from "../calls/call-facts.ts";
import type { RefusalRecord } from "../calls/call-record.ts";
import { unknownOperation } from "../calls/match-operation.ts";
import type { Catalog } from "../regions/catalog.ts";
import { judgeCall } from "../verdicts/judge.ts";
import { isPolicyRefusal } from "../verdicts/refusal-reason.ts";
import type { Reason, Verdict } from "../verdicts/verdict.ts";
import { type Plan, type PlanRefusal, plan } from "./plan.ts";
import type { Pin, PolicyInForce } from "./policy.ts";

/** A recorded call as a replay reads it: the facts alone, and the verdict it has. */
export type ReplayedCall = {
  readonly startedAt: string;
  readonly source: CallSource;
  /** `policy`, a region code, `global`, or a host. */
  readonly target: string;
  readonly intendedRegion: string | null;
  readonly facts: CallFacts;
  readonly attempts: readonly AttemptFacts[];
  readonly pin: Pin;
  readonly end: CallEnd;
  readonly refusal: RefusalRecord | null;
  readonly verdict: Verdict;
};

/**
 * What another policy would have made of a call.
 *
 * `judged`: it went as it went, and this is its verdict. `stopped`: the gateway would have refused it. `released`: it
 * was stopped then, at the door or midway, and would have been sent whole. `rerouted`: it would have gone to another host. What the provider would
 * have answered to the last two is recorded nowhere, so they have no verdict.
 */
export type ReplayOutcome =
  | {
      readonly kind: "judged";
      readonly verdict: Verdict;
      readonly reasons: readonly Reason[];
      /** While the policy observes: what it would stop the call for once it blocks. */
      readonly wouldBlock: PlanRefusal | null;
    }
  | { readonly kind: "stopped"; readonly refusal: PlanRefusal }
  | { readonly kind: "released"; readonly host: string; readonly wouldBlock: PlanRefusal | null }
  | { readonly kind: "rerouted"; readonly host: string; readonly wouldBlock: PlanRefusal | null };

/**
 * Replays one recorded call under a policy. Reads the record and changes nothing in it. `catalog`: the one the call
 * was judged by, so that whatever differs comes from the policy.
 */
export function replayCall(call: ReplayedCall, policy: PolicyInForce, catalog: Catalog): ReplayOutcome {
  // An import, and a refusal for another cause than policy, never came to the question where it may go.
  const wasStopped = call.refusal !== null && isPolicyRefusal(call.refusal.code);
  const passedDoor = call.source === "gateway" || call.source === "playground";
  if (!passedDoor || (call.refusal !== null && !wasStopped))
    return judgeAsItWent(call, policy, catalog, null);
  const planned = planAgain(call, policy, catalog);
  const dialled = call.attempts.find(({ progress }) => progress !== "refused");
  if (planned.kind === "refuse") {
    // A rule on the body cut it midway then, and the same one would again: what left had left.
    if (dialled !== undefined && call.refusal?.code === planned.code)
      return judgeAsItWent(call, policy, catalog, null);
    return {
      kind: "stopped",
      refusal: { code: planned.code, reason: planned.reason, message: planned.message },
    };
  }
  if (dialled !== undefined && dialled.host !== planned.host)
    return { kind: "rerouted", host: planned.host, wouldBlock: planned.wouldBlock };
  if (wasStopped) return { kind: "released", host: planned.host, wouldBlock: planned.wouldBlock };
  return judgeAsItWent(call, policy, catalog, planned.wouldBlock);
}

function planAgain({ facts, ...call }: ReplayedCall, policy: PolicyInForce, catalog: Catalog): Plan {
  return plan({
    policy: policy.policy,
    catalog,
    keyTarget: call.target,
    requestedTarget: null,
    subjectCountry: facts.subjectCountry,
    endpoint: facts.endpoint,
    model: facts.modelRequested,
    featuresOffered: facts.featuresOffered,
    store: facts.store,
    background: facts.background,
    serviceTier: facts.serviceTier,
    pin: call.pin,
    at: call.startedAt,
    relayCountry: facts.relayCountry,
    unreadable: facts.unreadable ?? [],
    storedStateRefs: facts.storedStateRefs ?? [],
    objectsUsed: facts.objectsUsed,
    batchLines: facts.batchLines,
    deployment: facts.deployment,
    carriesContent: facts.carriesContent,
    requestBody: facts.requestBody,
    unknownOperation: facts.operation === unknownOperation.id,
    opensWayPast: opensWayPastGateway(facts.operation),
  });
}

function judgeAsItWent(
  call: ReplayedCall,
  policy: PolicyInForce,
  catalog: Catalog,
  wouldBlock: PlanRefusal | null,
): ReplayOutcome {
  const { call: judged } = judgeCall({ ...call, policy, catalog });
  return { kind: "judged", verdict: judged.verdict, reasons: judged.reasons, wouldBlock };
}

/** What a replay counts a call as. `not_known`: it would have gone another way, of which nothing is recorded. */
export type ReplayVerdict = Verdict | "not_known";

export function replayVerdict(outcome: ReplayOutcome): ReplayVerdict {
  if (outcome.kind === "judged") return outcome.verdict;
  return outcome.kind === "stopped" ? "blocked" : "not_known";
}
