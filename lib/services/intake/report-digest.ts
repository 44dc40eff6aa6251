import { createHash, createHmac } from "node:crypto";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import { deriveTenantKey } from "../secrets/derive-tenant-key.ts";

export type ReportDigest = {
  readonly digest: Buffer;
  /** False where a text holds what no database keeps: a zero character or half a pair. */
  readonly storable: boolean;
};

/**
 * Digest of what a report says, whatever form it came in: the same report sent again, by another door too, has the same
 * one. Its id is not in it. Keyed by the tenant: whom a call was made for is in it as well, and nearly all the rest stands in
 * the call's record, so that a plain hash would tell whoever tries names, also once the person was erased.
 */
export function reportDigest(tenantId: string, report: ReportedCall): ReportDigest {
  const { sha256, storable } = plainReportDigest(report);
  return { digest: keyedDigest(tenantId, sha256), storable };
}

/** A digest as it is stored, in the form of today: those of before were the SHA-256 alone. */
export function asKeyed(tenantId: string, stored: Uint8Array): Uint8Array {
  return stored.byteLength === plainBytes ? keyedDigest(tenantId, stored) : stored;
}

const plainBytes = 32;
/** Before the HMAC of a SHA-256, so that the digests of before could be keyed without their reports. */
const keyedForm = Buffer.of(2);

/** 33 bytes: the form, then HMAC-SHA-256 under the tenant's key. */
function keyedDigest(tenantId: string, sha256: Uint8Array): Buffer {
  const key = deriveTenantKey("report-digest", tenantId);
  return Buffer.concat([keyedForm, createHmac("sha256", key).update(sha256).digest()]);
}

/** SHA-256 of the same. Stored nowhere. */
export function plainReportDigest(report: ReportedCall): {
  readonly sha256: Buffer;
  readonly storable: boolean;
} {
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
    // Reports from before there was this member keep their digest.
    ...(report.relayCountry === null ? [] : [report.relayCountry]),
  ]);
  return { sha256: createHash("sha256").update(text).digest(), storable: !unstorable.test(text) };
}

/** As JSON spells them. A backslash before `u` that is itself escaped only refuses a text that nobody writes. */
const unstorable = /\\u(0000|d[89a-f][0-9a-f]{2})/;

function socketOf(socket: NonNullable<ReportedCall["socket"]>) {
  const { address, port, tlsName, tlsVerified, tlsProtocol, peerKeySha256 } = socket;
  return [address, port, tlsName, tlsVerified, tlsProtocol, peerKeySha256];
}
