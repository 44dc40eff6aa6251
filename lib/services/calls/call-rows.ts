import type { AttemptRow } from "../../db/attempt.ts";
import type { CallRow } from "../../db/call.ts";
import type { LateOutcomeRow } from "../../db/late-outcome.ts";
import type { CountedCall } from "../rollups/roll-up.ts";
import type { LedgerPlace } from "./append-calls.ts";
import type { JudgedCall } from "./judge-records.ts";
import { claimsId } from "./share-claims.ts";

/** What recording adds to a call, or to an end that came too late. */
type Recording = {
  readonly place: LedgerPlace;
  readonly findingIds: readonly string[];
  /** When it is written down. */
  readonly at: Date;
};

/** A judged call as its row. `seq`: its number in its tenant. */
export function callRow(
  call: CountedCall,
  { seq, place, findingIds, at }: Recording & { readonly seq: number },
): CallRow {
  const { record, judgement, deciding } = call;
  const { facts, usage } = record;
  return {
    tenantId: record.tenantId,
    startedAt: record.startedAt,
    id: record.id,
    seq,
    recordedAt: at.toISOString(),
    endedAt: record.endedAt,
    source: record.source,
    bootId: record.intent?.bootId ?? null,
    intentN: record.intent?.n ?? null,
    keyId: record.keyId,
    applicationId: record.applicationId,
    credentialId: record.credentialId,
    target: record.target,
    intendedRegion: record.intendedRegion,
    host: deciding?.host ?? null,
    servedRegion: call.servedRegion,
    status: deciding?.status ?? null,
    callEnd: record.end,
    operation: facts.operation,
    modelRequested: facts.modelRequested,
    modelAnswered: facts.modelAnswered,
    stream: facts.stream,
    regionDim: call.regionDim,
    hostDim: call.hostDim,
    modelDim: call.modelDim,
    verdict: judgement.verdict,
    band: judgement.band,
    basis: judgement.basis,
    reasons: judgement.reasons,
    causes: call.causes,
    claimsId: claimsId(judgement.claims),
    findingIds,
    policyVersion: record.policyVersion,
    catalogVersion: record.catalogVersion,
    judgeVersion: judgement.judgeVersion,
    pin: record.pin,
    facts,
    refusal: record.refusal,
    wouldBlock: record.wouldBlock,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cachedTokens: usage.cachedInputTokens,
    reasoningTokens: usage.reasoningTokens,
    ttftMs: record.ttftMs,
    requestBytes: record.requestBytes,
    responseBytes: record.responseBytes,
    bodyDigest: record.bodyDigest,
    providerObjectId: record.providerObjectId,
    clientRequestId: record.clientRequestId,
    finishReason: record.finishReason ?? null,
    gap: record.gap ?? null,
    reported: record.reported ?? null,
    traceId: record.traceId ?? null,
    simulated: facts.simulated,
    ...place,
  };
}

/** Its attempts as rows: the evidence as it came, and what was judged of it. */
export function attemptRows({ record, judgement: judged, attempts, regionOf }: CountedCall): AttemptRow[] {
  return attempts.map(({ facts: { startedAt, durationMs, ...evidence }, judgement }) => ({
    tenantId: record.tenantId,
    startedAt: record.startedAt,
    callId: record.id,
    no: evidence.no,
    dialledAt: startedAt,
    durationMs,
    host: evidence.host,
    servedRegion: regionOf(evidence.host),
    progress: evidence.progress,
    status: evidence.status,
    verdict: judgement.verdict,
    basis: judgement.basis,
    reasons: judgement.reasons,
    evidence,
    // Of a call with one attempt they are the call's own.
    claims: judgement.claims === judged.claims ? null : judgement.claims,
    simulated: record.facts.simulated,
  }));
}

/** An end that came too late, as its row. */
export function lateOutcomeRow(
  { record, judgement }: JudgedCall,
  { place, findingIds, at }: Recording,
): LateOutcomeRow {
  return {
    tenantId: record.tenantId,
    callId: record.id,
    startedAt: record.startedAt,
    receivedAt: at.toISOString(),
    verdict: judgement.verdict,
    reasons: judgement.reasons,
    findingIds,
    // Whom the call was for is kept in the ledger alone, sealed and erasable.
    record: { ...record, endUser: null },
    ...place,
  };
}

/** What rollups count the call under: what was asked for, else what answered. */
export function modelOf({ record }: JudgedCall): string | null {
  return record.facts.modelRequested ?? record.facts.modelAnswered;
}
