import type { PeerEvidence } from "../calls/attempt-facts.ts";
import type { CallEnd, CallFacts, CallSource } from "../calls/call-facts.ts";
import type { CallRecord, TimedAttempt } from "../calls/call-record.ts";
import { matchOperation, unknownOperation } from "../calls/match-operation.ts";
import type { Operation } from "../calls/operation.ts";
import { operationById } from "../calls/operation-by-id.ts";
import type { Pin } from "../policies/policy.ts";
import { normaliseHost } from "../regions/normalise-host.ts";
import type { ReportedCall } from "./reported-call.ts";

/** Whose report it is, and what was in force when the call began. */
export type ReportContext = {
  /** UUIDv7 of the start time. */
  readonly id: string;
  readonly tenantId: string;
  readonly applicationId: string;
  readonly keyId: string | null;
  readonly simulated: boolean;
  readonly policyVersion: number | null;
  readonly retrospective: boolean;
  readonly catalogVersion: number;
  readonly pin: Pin;
  readonly clockAheadMs: number;
  /** null: its end is not told. */
  readonly durationMs: number | null;
};

/** Stands where no host is told. It is no name of the catalog and known by nobody, so it neither clears nor flags. */
export const hostNotTold = "unknown";

export const sourceOfFormat: Readonly<Record<ReportedCall["format"], CallSource>> = {
  json: "intake",
  import: "intake",
  otlp: "otlp",
  litellm: "litellm",
};

/** A report as the recording verb takes it: one attempt, at the grade at which its host is known; none from a cache. */
export function recordOfReport(report: ReportedCall, context: ReportContext): CallRecord {
  const { startedAt, endedAt } = report;
  const operation = operationOf(report);
  const host = report.host === null ? hostNotTold : normaliseHost(report.host);
  return {
    id: context.id,
    tenantId: context.tenantId,
    intent: null,
    startedAt,
    endedAt,
    source: sourceOfFormat[report.format],
    keyId: context.keyId,
    applicationId: context.applicationId,
    credentialId: null,
    target: report.cachedAnswer ? "none" : host,
    intendedRegion: null,
    policyVersion: context.policyVersion,
    catalogVersion: context.catalogVersion,
    pin: context.pin,
    facts: factsOf(report, operation, context.simulated),
    attempts: report.cachedAnswer ? [] : [attemptOf(report, host, context.durationMs)],
    end: endOf(report),
    refusal: null,
    wouldBlock: null,
    usage: report.usage,
    ttftMs: report.ttftMs,
    requestBytes: report.requestBytes,
    responseBytes: report.responseBytes,
    bodyDigest: null,
    providerObjectId: report.providerObjectId,
    ...(report.finishReason === null ? {} : { finishReason: report.finishReason }),
    reported: {
      format: report.format,
      hostSource: report.host === null ? "none" : report.hostSource,
      retrospective: context.retrospective,
      clockAheadMs: context.clockAheadMs,
    },
    traceId: report.traceId,
    clientRequestId: null,
    statedApp: report.statedApp,
    endUser: report.endUser,
  };
}

function operationOf({ method, path, operation }: ReportedCall): Operation {
  const matched = path === null ? null : matchOperation(method ?? "POST", path);
  return matched ?? (operation === null ? null : operationById(operation)) ?? unknownOperation;
}

function factsOf(report: ReportedCall, operation: Operation, simulated: boolean): CallFacts {
  const { storedStateRefs } = report;
  return {
    operation: operation.id,
    endpoint: operation.endpoint,
    path: report.path ?? operation.endpoint ?? "",
    carriesContent: operation.carriesContent,
    requestBody: report.requestRead ? "read" : "unread",
    responseBody: report.answerRead ? "read" : "unread",
    modelRequested: report.modelRequested,
    modelAnswered: report.modelAnswered,
    stream: report.stream,
    store: report.store,
    background: report.background,
    serviceTier: report.serviceTier,
    featuresOffered: report.featuresOffered,
    ...(storedStateRefs === null ? {} : { storedStateRefs }),
    attemptsKnown: report.attemptsKnown,
    featuresUsed: report.featuresUsed,
    subjectCountry: report.subjectCountry,
    // Nothing of ours decrypted it; whoever did says where.
    relayCountry: report.relayCountry,
    simulated,
  };
}

function attemptOf(report: ReportedCall, host: string, durationMs: number | null): TimedAttempt {
  const { startedAt, status } = report;
  return {
    no: 1,
    startedAt,
    durationMs,
    host,
    // Whoever got an answer sent a request.
    progress: report.progress === "unknown" && status !== null ? "sent" : report.progress,
    requestBytes: report.requestBytes ?? 0,
    responseBytes: report.responseBytes ?? 0,
    status,
    errorCode: report.errorCode,
    suggestedHost: null,
    redirectHost: null,
    failure: report.failure,
    peer: peerOf(report.socket),
    echo: report.echo,
    hostGrade: report.host !== null && report.hostSource === "log" ? "D" : "E",
  };
}

/** What was told of the socket, where it names the address and the name that was checked there. */
function peerOf(socket: ReportedCall["socket"]): PeerEvidence | null {
  if (!socket?.address || !socket.tlsName) return null;
  return {
    address: socket.address,
    port: socket.port ?? 443,
    tlsName: socket.tlsName,
    tlsVerified: socket.tlsVerified === true,
    tlsProtocol: socket.tlsProtocol ?? "",
    peerKeySha256: socket.peerKeySha256 ?? "",
  };
}

function endOf({ cachedAnswer, failure, progress, status, endedAt }: ReportedCall): CallEnd {
  if (cachedAnswer) return "complete";
  if (failure === "aborted") return "client_abort";
  if (failure !== null || progress === "not_sent") return "upstream_failed";
  return status === null && endedAt === null ? "unknown" : "complete";
}
