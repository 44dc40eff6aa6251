import type { AttemptDetail, CallDetail, LateEnd } from "../../contracts/calls.ts";
import type { AttemptFacts } from "../../core/calls/attempt-facts.ts";
import type { CallFacts, CallSource } from "../../core/calls/call-facts.ts";
import type { CallRecord } from "../../core/calls/call-record.ts";
import type { ClaimEvidence } from "../../core/calls/evidence.ts";
import { exceptionName } from "../../core/findings/exception.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Pin } from "../../core/policies/policy.ts";
import { adviseCall } from "../../core/verdicts/advise.ts";
import { stateClaim } from "../../core/verdicts/state-claim.ts";
import type { Reason, StandingCause, Verdict } from "../../core/verdicts/verdict.ts";
import { applicationsById } from "../../db/application.ts";
import { type AttemptReadRow, listAttempts } from "../../db/attempt.ts";
import { type CallDetailRow, findCall } from "../../db/call-detail.ts";
import { corroborationsOf } from "../../db/corroboration.ts";
import { findingsOfCall } from "../../db/finding-list.ts";
import { findLateOutcome, type LateOutcome } from "../../db/late-outcome.ts";
import { policiesByVersion } from "../../db/policy-version.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { recordView } from "../trail/record-view.ts";
import { callListItem } from "./call-list-item.ts";
import { catalogOf } from "./catalog-of.ts";
import { startOfCall } from "./start-of-call.ts";

/** One call with its attempts, its evidence and its findings. Its month is read from the id. That it was read is noted. */
export async function getCall(actor: Actor, id: string): Promise<CallDetail> {
  const tenants = await tenantsFor(actor, "call:read", undefined);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const startedAt = startOfCall(id);
  if (startedAt === null) throw noCall();
  const found = await withTenantSql({ read: tenantIds, write: null }, async (sql) => {
    const row = await findCall(sql, tenantIds, startedAt, id);
    if (!row) throw noCall();
    const attempts = await listAttempts(sql, row.tenantId, row.startedAt, row.id);
    const [policy] =
      row.policyVersion === null ? [] : await policiesByVersion(sql, row.tenantId, [row.policyVersion]);
    const applications = await applicationsById(sql, [row.tenantId]);
    const facts = row.facts as CallFacts;
    const pin = row.pin as Pin;
    const catalog = await catalogOf(row.catalogVersion);
    // Only a call that was closed without an end can have one that came late.
    const late = row.callEnd === "unknown" ? await findLateOutcome(sql, row.tenantId, row.id) : null;
    const judgedBy = policy ? parsePolicy(policy.body) : null;
    const detail: CallDetail = {
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
      corroborations: (await corroborationsOf(sql, row.tenantId, row.id)).map((report) => ({
        clientId: report.clientId,
        source: report.source as CallSource,
        application: applications.get(report.applicationId)?.name ?? null,
        startedAt: report.startedAt.toISOString(),
        receivedAt: report.receivedAt.toISOString(),
        status: report.status,
      })),
      findings: (
        await findingsOfCall(sql, row.tenantId, [...row.findingIds, ...(late?.findingIds ?? [])])
      ).map(({ exceptionNo, ...finding }) => ({
        ...finding,
        exception: exceptionNo === null ? null : exceptionName(exceptionNo),
      })),
    };
    return { tenantId: row.tenantId, detail };
  });
  await recordView(actor, found.tenantId, "call", id);
  return found.detail;
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

function noCall(): Refusal {
  return new Refusal("not_found", "There is no such call.");
}
