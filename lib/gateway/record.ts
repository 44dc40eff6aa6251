import { noEcho } from "../core/calls/attempt-facts.ts";
import type { BatchLineGroup } from "../core/calls/batch-lines.ts";
import type { BodyReading, CallEnd } from "../core/calls/call-facts.ts";
import type { CallRecord, RefusalRecord, TimedAttempt } from "../core/calls/call-record.ts";
import type { Operation } from "../core/calls/operation.ts";
import { noUsage } from "../core/calls/read-answer.ts";
import type { RequestReading } from "../core/calls/read-request.ts";
import { timeText } from "../core/time-text.ts";
import { isPolicyRefusal } from "../core/verdicts/refusal-reason.ts";
import type { Asked } from "./asked.ts";
import type { Caller } from "./identify.ts";
import type { IntentDraft, IntentNumber } from "./intents.ts";
import type { Dial, RelayOutcome } from "./relay.ts";
import type { Route } from "./route.ts";

/** Everything known of a call before it leaves. */
export type PlannedCall = {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Without query. */
  readonly path: string;
  readonly operation: Operation;
  readonly asked: Asked;
  readonly caller: Caller;
  readonly reading: RequestReading;
  readonly requestBody: BodyReading;
  readonly batchLines: readonly BatchLineGroup[] | undefined;
  readonly bodyDigest: string | null;
  readonly route: Route;
  readonly catalogVersion: number;
  readonly relayCountry: string | null;
  /** Its intent is in this gateway's spool. */
  readonly gap?: "spooled";
};

export function intentOf(call: PlannedCall): IntentDraft {
  const { caller, route } = call;
  return {
    tenantId: caller.config.tenant.id,
    callId: call.id,
    startedAt: timeText(call.startedAt),
    keyId: caller.keyId,
    applicationId: caller.applicationId,
    credentialId: route.credential?.id ?? null,
    source: caller.source,
    operation: call.operation.id,
    endpoint: call.operation.endpoint,
    path: call.path,
    modelRequested: call.reading.model,
    target: route.target,
    host: route.plan.host,
    intendedRegion: route.plan.intendedRegion,
    policyVersion: route.policy.version,
    catalogVersion: call.catalogVersion,
    relayCountry: call.relayCountry,
    simulated: caller.config.tenant.mode === "simulated",
  };
}

/** A call that was sent, or was about to be when its caller went away. */
export function recordOf(
  call: PlannedCall,
  intent: IntentNumber,
  outcome: RelayOutcome,
  endedAt: number,
): CallRecord {
  const { observation, dials, stopped } = outcome;
  const { seen } = dials.at(-1) ?? dials[0];
  const attempts = dials.map((dial, at) => attemptOf(call, dial, at + 1, outcome));
  const { wouldBlock } = call.route.plan.kind === "send" ? call.route.plan : { wouldBlock: null };
  return {
    ...commonOf(call),
    intent,
    endedAt: notBefore(call, endedAt),
    facts: {
      ...factsOf(call),
      responseBody: observation?.body ?? (seen.progress === "not_sent" ? "none" : "unread"),
      modelAnswered: observation?.modelAnswered ?? null,
      serviceTier: observation?.serviceTier ?? call.reading.serviceTier,
      featuresUsed: observation?.featuresUsed ?? [],
    },
    attempts,
    end: stopped === null ? outcome.end : "refused",
    refusal: stopped && { code: stopped.code, message: stopped.message },
    wouldBlock: wouldBlock && { code: wouldBlock.code, message: wouldBlock.message },
    usage: observation?.usage ?? noUsage,
    ttftMs: firstTokenMs(outcome, seen.sentAt),
    requestBytes: attempts.reduce((sum, attempt) => sum + attempt.requestBytes, 0),
    responseBytes: attempts.reduce((sum, attempt) => sum + attempt.responseBytes, 0),
    ...(observation
      ? { objectsNamed: observation.objectsNamed, finishReason: observation.finishReason }
      : {}),
    ...(observation?.objectStates ? { objectStates: observation.objectStates } : {}),
    providerObjectId: observation?.providerObjectId ?? null,
  };
}

/** A clock that was set back in the middle of a call makes no end, and no dial, before its start. */
function notBefore(call: PlannedCall, at: number): string {
  return timeText(Math.max(at, call.startedAt));
}

function firstTokenMs({ observation }: RelayOutcome, sentAt: number | null): number | null {
  const contentAt = observation?.contentAt ?? null;
  return contentAt === null || sentAt === null ? null : Math.round(contentAt - sentAt);
}

function attemptOf(call: PlannedCall, dial: Dial, no: number, outcome: RelayOutcome): TimedAttempt {
  const { seen } = dial;
  const last = no === outcome.dials.length;
  const { stopped } = outcome;
  // What a rule stopped before its first byte was written never left.
  const stayed = stopped !== null && isPolicyRefusal(stopped.code) && seen.progress === "not_sent";
  return {
    no,
    host: call.route.plan.host,
    progress: stayed ? "refused" : seen.progress,
    requestBytes: seen.requestBytes,
    responseBytes: seen.responseBytes,
    status: seen.status,
    errorCode: last ? (outcome.observation?.errorCode ?? null) : null,
    suggestedHost: last ? (outcome.observation?.suggestedHost ?? null) : null,
    redirectHost: dial.redirectHost,
    failure: seen.failure,
    peer: seen.peer,
    echo: dial.echo,
    hostGrade: "C",
    startedAt: notBefore(call, dial.startedAt),
    durationMs: Math.round(seen.durationMs),
  };
}

/** A call that was refused before a byte of it left. `intent`: the number of the row that may exist nevertheless. */
export function refusedRecordOf(
  call: PlannedCall,
  refusal: RefusalRecord,
  intent: IntentNumber | null,
  endedAt: number,
): CallRecord {
  const at = notBefore(call, endedAt);
  const { plan } = call.route;
  const host = plan.kind === "refuse" ? plan.namedHost : plan.host;
  return {
    ...commonOf(call),
    intent,
    endedAt: at,
    facts: {
      ...factsOf(call),
      responseBody: "none",
      modelAnswered: null,
      serviceTier: call.reading.serviceTier,
      featuresUsed: [],
    },
    // A target that names no host is in `target`; there was nothing to dial.
    attempts: host === null ? [] : [stoppedAttempt(host, at)],
    end: "refused" satisfies CallEnd,
    refusal,
    wouldBlock: null,
    usage: noUsage,
    ttftMs: null,
    requestBytes: 0,
    responseBytes: 0,
    providerObjectId: null,
  };
}

/** A call with an intent that the gateway itself failed under way: what left and how it ended nobody can say. */
export function unendedRecordOf(call: PlannedCall, intent: IntentNumber): CallRecord {
  const startedAt = timeText(call.startedAt);
  return {
    ...commonOf(call),
    intent,
    endedAt: null,
    facts: {
      ...factsOf(call),
      responseBody: "unread",
      modelAnswered: null,
      serviceTier: call.reading.serviceTier,
      featuresUsed: [],
    },
    attempts: [{ ...stoppedAttempt(call.route.plan.host, startedAt), progress: "unknown", durationMs: null }],
    end: "unknown" satisfies CallEnd,
    refusal: null,
    wouldBlock: null,
    usage: noUsage,
    ttftMs: null,
    requestBytes: null,
    responseBytes: null,
    providerObjectId: null,
  };
}

function stoppedAttempt(host: string, at: string): TimedAttempt {
  return {
    no: 1,
    host,
    progress: "refused",
    requestBytes: 0,
    responseBytes: 0,
    status: null,
    errorCode: null,
    suggestedHost: null,
    redirectHost: null,
    failure: null,
    peer: null,
    echo: noEcho,
    hostGrade: "C",
    startedAt: at,
    durationMs: 0,
  };
}

function commonOf(call: PlannedCall) {
  const { caller, route } = call;
  return {
    id: call.id,
    tenantId: caller.config.tenant.id,
    startedAt: timeText(call.startedAt),
    source: caller.source,
    keyId: caller.keyId,
    applicationId: caller.applicationId,
    credentialId: route.credential?.id ?? null,
    target: route.target,
    intendedRegion: route.plan.intendedRegion,
    policyVersion: route.policy.version,
    catalogVersion: call.catalogVersion,
    pin: route.pin,
    bodyDigest: call.bodyDigest,
    clientRequestId: caller.tokenId ?? call.asked.clientRequestId,
    traceId: call.asked.traceId,
    statedApp: call.asked.app,
    endUser: call.asked.endUser,
    ...(call.gap ? { gap: call.gap } : {}),
  };
}

function factsOf(call: PlannedCall) {
  const { operation, reading } = call;
  return {
    operation: operation.id,
    endpoint: operation.endpoint,
    path: call.path,
    carriesContent: operation.carriesContent,
    requestBody: call.requestBody,
    modelRequested: reading.model,
    stream: reading.stream,
    store: reading.store,
    background: reading.background,
    featuresOffered: reading.featuresOffered,
    toolHosts: reading.toolHosts,
    unreadable: reading.unreadable,
    storedStateRefs: reading.storedStateRefs,
    // What the gateway knew of births decided whether the call leaves. Recording asks again, and its answer is the one judged.
    objectsUsed: reading.objectsUsed.map((object) => ({ ...object, birth: null })),
    ...(call.batchLines ? { batchLines: call.batchLines } : {}),
    ...(call.route.deployment ? { deployment: call.route.deployment } : {}),
    subjectCountry: call.asked.subjectCountry,
    relayCountry: call.relayCountry,
    simulated: call.caller.config.tenant.mode === "simulated",
  };
}
