import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallEnd, CallFacts, CallSource } from "../calls/call-facts.ts";
import type { RefusalRecord } from "../calls/call-record.ts";
import type { Pin, PolicyInForce } from "../policies/policy.ts";
import { hasLocationRequirement, hostWithin } from "../policies/requirements.ts";
import type { Catalog } from "../regions/catalog.ts";
import { type ClassifiedHost, classifyHost } from "../regions/classify-host.ts";
import { deployedHost } from "../regions/deployed-host.ts";
import { findRegion } from "../regions/host-of-region.ts";
import { claimsOf, claimsWithoutAttempt } from "./claims.ts";
import { isNotSetUp } from "./content-picture.ts";
import { adverseBasis } from "./host-evidence.ts";
import { judgeContent } from "./judge-content.ts";
import {
  type AttemptQuestion,
  foreignHost,
  neverSent,
  noContent,
  noPolicy,
  outsidePolicy,
  policyOf,
  refusedByUs,
  relayOutside,
  type Step,
  unlessRelayed,
} from "./judge-steps.ts";
import { inOrder } from "./reason-order.ts";
import { isPolicyRefusal, reasonOfRefusal } from "./refusal-reason.ts";
import {
  type Basis,
  type Judgement,
  type JudgeVersion,
  judgeVersion,
  type Reason,
  type StandingCause,
  type Verdict,
} from "./verdict.ts";
import { worstOf } from "./worst-of.ts";

/**
 * Judges one attempt. The steps stand in the order of the domain page; the first that fits wins.
 *
 * Evidence is needed to clear, never to flag: adverse facts count from a log upwards, clearing ones only
 * from the policy's minimum. What is not known is never compliant.
 */
export function judgeAttempt(question: AttemptQuestion): Judgement {
  const { catalog, facts, policy } = question;
  const named = classifyHost(question.attempt.host, catalog, policy?.policy.customHosts ?? []);
  const host = deployedHost(named, facts.deployment, catalog);
  const within = policy !== null && hostWithin(host, policy.policy, catalog);
  const step =
    refusedByUs(question) ??
    neverSent(question) ??
    unlessRelayed(question, foreignHost(question, host)) ??
    noPolicy(question) ??
    unlessRelayed(question, outsidePolicy(question, host, within)) ??
    noContent(question) ??
    relayOutside(question) ??
    judgeContent({ ...question, policy: policyOf(question), host });
  return complete(question, host, within, step);
}

export type CallQuestion = {
  readonly facts: CallFacts;
  readonly attempts: readonly AttemptFacts[];
  /** The version in force when the call began; null: none was. */
  readonly policy: PolicyInForce | null;
  readonly catalog: Catalog;
  /** As known when the call began. */
  readonly pin: Pin;
  readonly intendedRegion: string | null;
  /** Why the gateway refused the call; null where it did not. */
  readonly refusal: RefusalRecord | null;
  /** How the call ended for the application, where known. */
  readonly end?: CallEnd;
  /** Which door recorded the call; absent: not known, so nothing is concluded from it. */
  readonly source?: CallSource;
  /** Version to judge by: that of the record, where a recorded call is judged again. Absent: today's. */
  readonly byJudge?: JudgeVersion;
};

/** Judges every attempt, and the call by the worst of them. The same input gives the same answer for ever. */
export function judgeCall(question: CallQuestion): { call: Judgement; attempts: Judgement[] } {
  const { facts, attempts, refusal } = question;
  const judged = attempts.map((attempt) =>
    withRefusal(judgeAttempt({ ...question, attempt }), attempt, refusal),
  );
  if (judged.length > 0) {
    const untold = refusal === null && facts.carriesContent && facts.attemptsKnown === "last_only";
    const earlier = untold ? [withoutAttempt(question, "unverifiable", "last_attempt_only")] : [];
    return { call: worstOf([...judged, ...earlier]), attempts: judged };
  }
  if (refusal !== null) {
    const reason = isPolicyRefusal(refusal.code) ? "blocked_by_policy" : "never_sent";
    return { call: withoutAttempt(question, "blocked", reason), attempts: [] };
  }
  if (question.policy === null) {
    return { call: withoutAttempt(question, "unverifiable", "policy_missing"), attempts: [] };
  }
  // An import may truly report a cached answer. Our own gateway without an attempt has lost sight of one.
  if (question.end === "complete" && isImport(question.source)) {
    return { call: withoutAttempt(question, "not_applicable", "no_provider_call"), attempts: [] };
  }
  return { call: withoutAttempt(question, "unverifiable", "content_path_not_observed"), attempts: [] };
}

function isImport(source: CallSource | undefined): boolean {
  return source === "intake" || source === "otlp" || source === "litellm";
}

/**
 * What the gateway's own refusal adds. A rule on the body can refuse a call whose first bytes have left:
 * that is never "stopped before it left", for what the policy refuses did leave, in part. A call stopped
 * for another cause than policy (no evidence could be written) says so.
 */
function withRefusal(judged: Judgement, attempt: AttemptFacts, refusal: RefusalRecord | null): Judgement {
  if (refusal === null) return judged;
  if (!isPolicyRefusal(refusal.code)) {
    return judged.verdict === "blocked" ? { ...judged, reasons: ["never_sent"] } : judged;
  }
  const stayed = attempt.progress === "refused" || attempt.progress === "not_sent";
  if (stayed || judged.verdict === "violation") return judged;
  const reasons = [reasonOfRefusal(refusal.code)];
  const basis = adverseBasis(attempt) === "observed" ? "observed" : "reported";
  return { ...judged, verdict: "violation", band: "outside", basis, reasons };
}

function withoutAttempt({ facts, byJudge }: CallQuestion, verdict: Verdict, reason: Reason): Judgement {
  return {
    judgeVersion: byJudge ?? judgeVersion,
    verdict,
    band: verdict === "blocked" ? "stopped" : verdict === "unverifiable" ? "unverifiable" : null,
    reasons: [reason],
    basis: "none",
    claims: claimsWithoutAttempt(facts, verdict, reason),
    standing: [],
    hostWithinPolicy: false,
  };
}

function complete(question: AttemptQuestion, host: ClassifiedHost, within: boolean, step: Step): Judgement {
  const basis: Basis = step.verdict === "violation" ? (step.basis ?? "none") : "none";
  return {
    judgeVersion: question.byJudge ?? judgeVersion,
    verdict: step.verdict,
    band: step.band ?? bandOf(step.verdict),
    reasons: inOrder(step.reasons),
    basis,
    claims: step.claims ?? claimsOf({ ...question, host }),
    standing: standingOf(question, host, within),
    hostWithinPolicy: within,
  };
}

function bandOf(verdict: Verdict): Judgement["band"] {
  switch (verdict) {
    case "violation":
      return "outside";
    case "unverifiable":
      return "unverifiable";
    case "blocked":
      return "stopped";
    case "compliant":
      return "permitted";
    case "not_applicable":
      return null;
  }
}

/**
 * Causes that stand whatever the verdict. `project_not_pinned`: a regional host answered, so the project is
 * pinned there or is global; until a pin says which, nothing at the provider keeps the key from the global
 * host. `project_not_set_up`: the host is right and the provider says that the project is not set up for it.
 */
function standingOf(question: AttemptQuestion, host: ClassifiedHost, within: boolean): StandingCause[] {
  const { facts, attempt, policy, pin, catalog } = question;
  if (!within || policy === null || host.class !== "official" || host.region === null) return [];
  if (isNotSetUp(attempt)) return ["project_not_set_up"];
  const told = adverseBasis(attempt) !== "none";
  const answered = told && attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
  const regional = host.region !== "global" && findRegion(host.region, catalog) !== null;
  const asksPlace = hasLocationRequirement(policy.policy) && !policy.policy.global.allowed;
  const unpinned = pin.kind === "unknown" || pin.kind === "global";
  const stands = facts.carriesContent && answered && regional && asksPlace && unpinned;
  return stands ? ["project_not_pinned"] : [];
}
