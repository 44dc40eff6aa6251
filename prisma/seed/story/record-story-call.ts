import { v7 } from "uuid";
import type { CallEnd, TokenUsage } from "../../../lib/core/calls/call-facts.ts";
import type { CallIntent, CallRecord } from "../../../lib/core/calls/call-record.ts";
import type { NamedObject } from "../../../lib/core/calls/provider-object.ts";
import { noUsage } from "../../../lib/core/calls/read-answer.ts";
import { withoutEnd } from "../../../lib/services/calls/records-without-end.ts";
import { answerStoryCall, type StoryAnswer } from "./answer-story-call.ts";
import { type PlannedStoryCall, planStoryCall } from "./plan-story-call.ts";
import type { Random } from "./random.ts";
import { attempt, common, factsOf, instant } from "./record-parts.ts";
import type { StoryCall } from "./story-call.ts";
import type { StoryTenant } from "./story-tenant.ts";

/** A call of the story as the record its door would hand to the recording verb. Facts only: the verb judges. */
export function recordOfStoryCall(call: StoryCall, tenant: StoryTenant, random: Random): CallRecord {
  const id = v7({ msecs: call.at, random: random.bytes(16), seq: 0 });
  const planned = planStoryCall(call, tenant);
  if (call.reportedHost !== null) return reported(planned, id, call.reportedHost);
  if (planned.plan.kind === "refuse") return refused(planned, id, planned.plan);
  if (call.ending.kind === "no_end") return withNoEnd(planned, id);
  return sent(planned, id, answerStoryCall(planned, random));
}

function sent(planned: PlannedStoryCall, id: string, answer: StoryAnswer): CallRecord {
  const { call, plan } = planned;
  const good = answer.status === 200;
  const whole = good && answer.failure === null;
  const requestBytes = answer.progress === "sent" ? bytesOf(call.inputTokens, 420) : 0;
  const responseBytes = good
    ? bytesOf(call.outputTokens * (call.stream ? 18 : 1), 900)
    : answer.status
      ? 280
      : 0;
  const wouldBlock = plan.kind === "send" ? plan.wouldBlock : null;
  return {
    ...common(planned, id),
    endedAt: instant(call.at + answer.durationMs + 6),
    facts: {
      ...factsOf(planned),
      responseBody: answer.progress === "not_sent" ? "none" : whole || !good ? "read" : "unread",
      modelAnswered: answer.modelAnswered,
      featuresUsed: good ? call.featuresUsed : [],
    },
    attempts: [
      attempt(plan.host, call.at + 4, {
        progress: answer.progress,
        requestBytes,
        responseBytes,
        status: answer.status,
        errorCode: answer.errorCode,
        suggestedHost: answer.suggestedHost,
        failure: answer.failure,
        peer: answer.peer,
        echo: answer.echo,
        durationMs: answer.durationMs,
      }),
    ],
    end: endOf(answer),
    wouldBlock: wouldBlock && { code: wouldBlock.code, message: wouldBlock.message },
    usage: whole ? usageOf(call) : noUsage,
    ttftMs: answer.ttftMs,
    requestBytes,
    responseBytes,
    providerObjectId: good ? objectId(call, id) : null,
    ...(good ? objectsOfAnswer(call, id) : { objectsNamed: [] }),
  };
}

function refused(
  planned: PlannedStoryCall,
  id: string,
  { code, message, host }: { code: string; message: string; host: string },
): CallRecord {
  const { call } = planned;
  return {
    ...common(planned, id),
    endedAt: instant(call.at + 2),
    facts: { ...factsOf(planned), responseBody: "none", modelAnswered: null, featuresUsed: [] },
    attempts: [attempt(host, call.at + 2, { progress: "refused" })],
    end: "refused",
    refusal: { code, message },
    requestBytes: 0,
    responseBytes: 0,
  };
}

/** What a log says of a call that went past the gateway: a host, a model, tokens. Nobody saw its socket. */
function reported(planned: PlannedStoryCall, id: string, host: string): CallRecord {
  const { call } = planned;
  return {
    ...common(planned, id),
    source: "intake",
    credentialId: null,
    target: host,
    endedAt: instant(call.at + 1_400),
    facts: {
      ...factsOf(planned),
      requestBody: "unread",
      responseBody: "unread",
      modelAnswered: null,
      featuresUsed: [],
    },
    attempts: [attempt(host, call.at, { progress: "sent", status: 200, hostGrade: "D", durationMs: 1_400 })],
    end: "complete",
    usage: usageOf(call),
  };
}

/** Through the sweeper's own words for a call of which only the intent is known. */
function withNoEnd(planned: PlannedStoryCall, id: string): CallRecord {
  const { call, tenant, plan, operation, pin } = planned;
  const { keyId, applicationId, credentialId, source, target, intendedRegion, catalogVersion } = common(
    planned,
    id,
  );
  const intent: CallIntent = {
    tenantId: tenant.id,
    bootId: id,
    n: 1,
    callId: id,
    startedAt: instant(call.at),
    keyId,
    applicationId,
    credentialId,
    source,
    operation: operation.id,
    endpoint: operation.endpoint,
    path: planned.path,
    modelRequested: call.model,
    target,
    host: plan.host,
    intendedRegion,
    policyVersion: planned.policy.version,
    catalogVersion,
    relayCountry: null,
    simulated: true,
  };
  // Its number is given where all records of the story are counted.
  return { ...withoutEnd(intent, pin), intent: null };
}

function endOf({ failure }: StoryAnswer): CallEnd {
  if (failure === "aborted") return "client_abort";
  return failure === null ? "complete" : "upstream_failed";
}

function usageOf(call: StoryCall): TokenUsage {
  if (call.operation === "models" || call.objects) return noUsage;
  if (call.operation === "embeddings") return { ...noUsage, inputTokens: call.inputTokens };
  const { inputTokens, outputTokens } = call;
  const cachedInputTokens = inputTokens > 1_024 ? Math.floor((inputTokens * 0.4) / 128) * 128 : 0;
  return { inputTokens, outputTokens, cachedInputTokens, reasoningTokens: 0 };
}

function objectId(call: StoryCall, id: string): string | null {
  const bare = id.replaceAll("-", "");
  if (call.objects) return call.objects.named[0]?.id ?? null;
  if (call.operation === "chat") return `chatcmpl-${bare}`;
  return call.operation === "responses" ? `resp_${bare}` : null;
}

function objectsOfAnswer(call: StoryCall, id: string): Pick<CallRecord, "objectsNamed" | "objectStates"> {
  if (call.objects) return { objectsNamed: call.objects.named, objectStates: call.objects.states };
  return { objectsNamed: call.operation === "responses" ? responseNamed(call, id) : [] };
}

/** As the answer names it. Whether the provider keeps it follows from what the request said of `store`. */
function responseNamed(call: StoryCall, id: string): NamedObject[] {
  const name = objectId(call, id);
  if (name === null) return [];
  return [{ kind: "response", id: name, bytes: null, expiresAt: null, madeBy: null }];
}

function bytesOf(tokens: number, envelope: number): number {
  return envelope + Math.round(tokens * 4.2);
}
