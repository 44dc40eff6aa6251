import { noEcho } from "../../../lib/core/calls/attempt-facts.ts";
import type { CallFacts } from "../../../lib/core/calls/call-facts.ts";
import type { CallRecord, TimedAttempt } from "../../../lib/core/calls/call-record.ts";
import { noUsage } from "../../../lib/core/calls/read-answer.ts";
import { openaiCatalog } from "../../../lib/core/regions/openai-catalog.ts";
import type { PlannedStoryCall } from "./plan-story-call.ts";
import type { StoryCall, StoryOperation } from "./story-call.ts";

/** What every record of the story has, whatever became of the call. */
export function common(planned: PlannedStoryCall, id: string): CallRecord {
  const { call, tenant, key, plan, policy, credential, pin } = planned;
  return {
    id,
    tenantId: tenant.id,
    intent: null,
    startedAt: instant(call.at),
    endedAt: null,
    source: "gateway",
    keyId: key.keyId,
    applicationId: key.applicationId,
    credentialId: credential?.id ?? null,
    target: call.requestedTarget ?? key.target,
    intendedRegion: plan.intendedRegion,
    policyVersion: policy.version,
    catalogVersion: openaiCatalog.version,
    pin,
    facts: { ...factsOf(planned), responseBody: "none", modelAnswered: null, featuresUsed: [] },
    attempts: [],
    end: "complete",
    refusal: null,
    wouldBlock: null,
    usage: noUsage,
    ttftMs: null,
    requestBytes: null,
    responseBytes: null,
    bodyDigest: null,
    providerObjectId: null,
    clientRequestId: null,
    statedApp: null,
    endUser: null,
  };
}

/** Facts of the request; those of the answer come from what became of it. */
export function factsOf({
  call,
  operation,
  path,
}: PlannedStoryCall): Omit<CallFacts, "responseBody" | "modelAnswered" | "featuresUsed"> {
  return {
    operation: operation.id,
    endpoint: operation.endpoint,
    path,
    carriesContent: operation.carriesContent,
    requestBody: readsOnly.has(call.operation) ? "none" : "read",
    modelRequested: call.model,
    stream: call.stream,
    store: call.store,
    background: { said: false },
    serviceTier: call.serviceTier,
    featuresOffered: call.featuresOffered,
    unreadable: [],
    storedStateRefs: [],
    ...objectsOf(call),
    subjectCountry: call.subjectCountry,
    relayCountry: null,
    simulated: true,
  };
}

/** Operations that send nothing but their address. */
const readsOnly: ReadonlySet<StoryOperation> = new Set(["models", "read_batch", "read_file"]);

/** Where the objects were born the recording verb looks up itself, as it does for the gateway. */
function objectsOf({ objects }: StoryCall): Pick<CallFacts, "objectsUsed" | "batchLines"> {
  if (!objects) return {};
  return {
    objectsUsed: objects.used.map((object) => ({ ...object, birth: null })),
    ...(objects.lines.length > 0 ? { batchLines: objects.lines } : {}),
  };
}

/** One dial, of which nothing was seen but what `over` says. */
export function attempt(
  host: string,
  at: number,
  over: Partial<TimedAttempt> & Pick<TimedAttempt, "progress">,
): TimedAttempt {
  return {
    no: 1,
    host,
    startedAt: instant(at),
    durationMs: 0,
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
    ...over,
  };
}

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
