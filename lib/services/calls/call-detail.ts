import type { AttemptDetail, CallDetail, LateEnd } from "../../contracts/calls.ts";
import type { AttemptFacts } from "../../core/calls/attempt-facts.ts";
import type { CallFacts, CallSource } from "../../core/calls/call-facts.ts";
import type { CallRecord } from "../../core/calls/call-record.ts";
import type { ClaimEvidence } from "../../core/calls/evidence.ts";
import { exceptionName } from "../../core/findings/exception.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Pin } from "../../core/policies/policy.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { adviseCall } from "../../core/verdicts/advise.ts";
import { stateClaim } from "../../core/verdicts/state-claim.ts";
import type { Reason, StandingCause, Verdict } from "../../core/verdicts/verdict.ts";
import type { DeclaredApplication } from "../../db/application.ts";
import type { AttemptReadRow } from "../../db/attempt.ts";
import type { CallDetailRow } from "../../db/call-detail.ts";
import type { corroborationsOf } from "../../db/corroboration.ts";
import type { findingsOfCall } from "../../db/finding-list.ts";
import type { LateOutcome } from "../../db/late-outcome.ts";
import { callListItem } from "./call-list-item.ts";

/** What the store holds of one call. */
export type FoundCall = {
  readonly row: CallDetailRow;
  readonly attempts: readonly AttemptReadRow[];
  /** The one it was judged by; undefined: none was in force. */
  readonly policy: { readonly preset: string; readonly body: unknown } | undefined;
  readonly catalog: Catalog;
  /** By id. */
  readonly applications: ReadonlyMap<string, DeclaredApplication>;
  /** The end that came after the call was closed without one. */
  readonly late: LateOutcome | null;
  readonly corroborations: Awaited<ReturnType<typeof corroborationsOf>>;
  readonly findings: Awaited<ReturnType<typeof findingsOfCall>>;
};

/** One call as its page shows it. `slugs`: of the reader's tenants, by id. */
export function callDetail(found: FoundCall, slugs: ReadonlyMap<string, string>): CallDetail {
  const { row, attempts, policy, catalog, applications, late } = found;
  const facts = row.facts as CallFacts;
  const pin = row.pin as Pin;
  const judgedBy = policy ? parsePolicy(policy.body) : null;
  return {
    ...callListItem(row, { slugs, applications }),
    lateEnd: lateEnd(late),
    endedAt: row.endedAt?.toISOString() ?? null,
    keyName: row.keyName,
    target: row.target,
    policyVersion: row.policyVersion,
    policyPreset: policy?.preset ?? null,
    catalogVersion: row.catalogVersion,
    judgeVersion: row.judgeVersion,
    pin,
    statement: stateClaim({
      facts,
      attempt: decidingAttempt(row, attempts),
      judgement: judgementOf(row),
      pin,
      catalog,
      customHosts: judgedBy?.customHosts ?? [],
    }),
    advisories: adviseCall({
      facts,
      attempts: attempts.map(({ evidence }) => evidence as AttemptFacts),
      policy: judgedBy,
      catalog,
      on: row.startedAt.toISOString().slice(0, 10),
    }),
    claims: row.claims as ClaimEvidence[],
    attempts: attempts.map((attempt) => attemptDetail(attempt, row.claims)),
    wouldBlock: row.wouldBlock !== null,
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    requestBytes: row.requestBytes,
    responseBytes: row.responseBytes,
    ttftMs: row.ttftMs,
    stream: facts.stream,
    storeSaid: facts.store.said ? (facts.store.value ? "true" : "false") : "not said",
    toolHosts: facts.toolHosts ?? [],
    batchLines: facts.batchLines ?? null,
    deployment: facts.deployment ?? null,
    clientRequestId: row.clientRequestId,
    finishReason: row.finishReason,
    gap: row.gap,
    reported: row.reported,
    corroborations: found.corroborations.map((report) => ({
      clientId: report.clientId,
      source: report.source as CallSource,
      application: applications.get(report.applicationId)?.name ?? null,
      startedAt: report.startedAt.toISOString(),
      receivedAt: report.receivedAt.toISOString(),
      status: report.status,
    })),
    findings: found.findings.map(({ exceptionNo, ...finding }) => ({
      ...finding,
      exception: exceptionNo === null ? null : exceptionName(exceptionNo),
    })),
  };
}

function lateEnd(late: LateOutcome | null): LateEnd | null {
  if (late === null) return null;
  const record = late.record as CallRecord;
  return {
    receivedAt: late.receivedAt.toISOString(),
    end: record.end,
    status: record.attempts.at(-1)?.status ?? null,
    verdict: late.verdict as Verdict,
    reasons: late.reasons as Reason[],
  };
}

function decidingAttempt(row: CallDetailRow, attempts: readonly AttemptReadRow[]): AttemptFacts | null {
  const deciding = attempts.findLast(({ verdict }) => verdict === row.verdict) ?? attempts.at(-1);
  return deciding ? (deciding.evidence as AttemptFacts) : null;
}

function judgementOf(row: CallDetailRow) {
  const { verdict, band, basis, reasons } = callListItem(row, { slugs: new Map(), applications: new Map() });
  const standing = row.causes.filter((cause) => !row.reasons.includes(cause)) as StandingCause[];
  const claims = row.claims as ClaimEvidence[];
  const hostWithinPolicy = verdict !== "violation";
  return {
    judgeVersion: row.judgeVersion,
    verdict,
    band,
    basis,
    reasons,
    standing,
    claims,
    hostWithinPolicy,
  };
}

function attemptDetail(row: AttemptReadRow, callClaims: unknown): AttemptDetail {
  return {
    ...(row.evidence as AttemptFacts),
    startedAt: row.dialledAt.toISOString(),
    durationMs: row.durationMs,
    verdict: row.verdict as Verdict,
    reasons: row.reasons as Reason[],
    claims: (row.claims ?? callClaims) as ClaimEvidence[],
  };
}
