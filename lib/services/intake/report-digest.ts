import { createHash } from "node:crypto";
import type { ReportedCall } from "../../core/intake/reported-call.ts";

export type ReportDigest = {
  readonly sha256: Buffer;
  /** False where a text holds what no database keeps: a zero character or half a pair. */
  readonly storable: boolean;
};

/**
 * SHA-256 of what a report says, whatever form it came in: the same report sent again, by another door too, has the same
 * one. Its id is not in it.
 */
export function reportDigest(report: ReportedCall): ReportDigest {
  const { echo, usage } = report;
  const text = JSON.stringify([
    1,
    report.startedAt,
    report.endedAt,
    report.host,
    report.hostSource,
    report.socket && socketOf(report.socket),
    report.method,
    report.path,
    report.operation,
    report.modelRequested,
    report.modelAnswered,
    report.stream,
    report.store.said ? report.store.value : null,
    report.background.said ? report.background.value : null,
    report.serviceTier,
    report.featuresOffered,
    report.featuresUsed,
    report.requestRead,
    report.answerRead,
    report.storedStateRefs,
    [usage.inputTokens, usage.outputTokens, usage.cachedInputTokens, usage.reasoningTokens],
    report.status,
    report.errorCode,
    report.progress,
    report.failure,
    report.ttftMs,
    report.requestBytes,
    report.responseBytes,
    [echo.requestId, echo.projectId, echo.organization, echo.edgeCode, echo.processingMs, echo.statedRegion],
    report.providerObjectId,
    report.gatewayCallId,
    report.traceId,
    report.spanId,
    report.statedApp,
    report.endUser,
    report.subjectCountry,
    report.attemptsKnown,
    report.finishReason,
    report.cachedAnswer,
  ]);
  return { sha256: createHash("sha256").update(text).digest(), storable: !unstorable.test(text) };
}

/** As JSON spells them. A backslash before `u` that is itself escaped only refuses a text that nobody writes. */
const unstorable = /\\u(0000|d[89a-f][0-9a-f]{2})/;

function socketOf(socket: NonNullable<ReportedCall["socket"]>) {
  const { address, port, tlsName, tlsVerified, tlsProtocol, peerKeySha256 } = socket;
  return [address, port, tlsName, tlsVerified, tlsProtocol, peerKeySha256];
}
