import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import type { Pin, Policy, PolicyInForce } from "../policies/policy.ts";
import { allowedCountries } from "../policies/requirements.ts";
import { leavesBoundRegion, regionBoundBySubject } from "../policies/route.ts";
import type { Catalog } from "../regions/catalog.ts";
import type { ClassifiedHost } from "../regions/classify-host.ts";
import { deploymentBasis, deploymentEvidence } from "./deployment-evidence.ts";
import { adverseBasis } from "./host-evidence.ts";
import type { Judgement, JudgeVersion, Reason, Verdict } from "./verdict.ts";

export type AttemptQuestion = {
  readonly facts: CallFacts;
  readonly attempt: AttemptFacts;
  readonly policy: PolicyInForce | null;
  readonly catalog: Catalog;
  readonly pin: Pin;
  readonly intendedRegion: string | null;
  /** Version to judge by; absent: today's. */
  readonly byJudge?: JudgeVersion | undefined;
};

/** What one step of the order answers; null: it does not fit, the next is asked. */
export type Step = Partial<Omit<Judgement, "judgeVersion" | "reasons">> & {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
};

/** 1. Refused by us before one byte of the body left. */
export function refusedByUs({ attempt }: AttemptQuestion): Step | null {
  return attempt.progress === "refused" ? { verdict: "blocked", reasons: ["blocked_by_policy"] } : null;
}

/** 2. Nothing was written to the provider. */
export function neverSent({ attempt }: AttemptQuestion): Step | null {
  return attempt.progress === "not_sent" ? { verdict: "not_applicable", reasons: ["never_sent"] } : null;
}

/** 3. A host OpenAI does not document: a violation even without content, because the key went. */
export function foreignHost(question: AttemptQuestion, host: ClassifiedHost): Step | null {
  if (host.class === "lookalike") return flag(question, "host_lookalike");
  if (host.class === "unknown") return flag(question, "host_unknown");
  return null;
}

/** 4. No policy was in force. */
export function noPolicy({ policy }: AttemptQuestion): Step | null {
  return policy === null ? { verdict: "unverifiable", reasons: ["policy_missing"] } : null;
}

/**
 * 5. Content went to a host outside policy, whatever the status.
 *
 * An unclassified name of the provider is left to step 9: its place is not known, so it is neither inside
 * nor proven outside. A policy that binds subjects to regions is broken by the wrong region of two allowed.
 */
export function outsidePolicy(question: AttemptQuestion, host: ClassifiedHost, within: boolean): Step | null {
  const { facts, attempt, catalog } = question;
  if (!facts.carriesContent || host.class === "official_unclassified") return null;
  const deployment = deploymentEvidence(host, attempt, catalog);
  // Where a deployment runs is a person's word, unless the answer confirms it.
  const basis = deployment === null ? undefined : deploymentBasis(deployment, attempt);
  if (!within) {
    const refused = attempt.status === 401 && attempt.errorCode === "incorrect_hostname";
    if (deployment?.azure.sku === "global") return flag(question, "provider_global_profile", basis);
    return flag(question, refused ? "attempted_egress" : "host_out_of_region", basis);
  }
  const bound = regionBoundBySubject(policyOf(question), facts.subjectCountry);
  const misrouted = bound !== null && leavesBoundRegion(host, bound, catalog) === "yes";
  return misrouted ? flag(question, "subject_region_mismatch", basis) : null;
}

/** 6. No content either way. */
export function noContent({ facts }: AttemptQuestion): Step | null {
  return facts.carriesContent ? null : { verdict: "not_applicable", reasons: ["no_content"] };
}

/**
 * 7. Our own relay decrypted the call outside the policy's countries. The country is attested: it counts
 * against the call as a report does.
 */
export function relayOutside(question: AttemptQuestion): Step | null {
  const allowed = allowedCountries(policyOf(question), "relay");
  const { relayCountry } = question.facts;
  if (allowed === null || relayCountry === null || allowed.includes(relayCountry)) return null;
  return { verdict: "violation", basis: "reported", reasons: ["relay_out_of_region"] };
}

/** A host that only a label names flags nothing. Then it hides no relay outside the policy's countries either. */
export function unlessRelayed(question: AttemptQuestion, step: Step | null): Step | null {
  if (step?.verdict !== "unverifiable" || question.policy === null || !question.facts.carriesContent)
    return step;
  return relayOutside(question) ?? step;
}

/** A violation as far as the host is known; told by a label or a default alone it is only not verifiable. */
function flag({ attempt }: AttemptQuestion, reason: Reason, basis = adverseBasis(attempt)): Step {
  if (basis === "none") return { verdict: "unverifiable", reasons: ["evidence_too_weak"] };
  return { verdict: "violation", basis, reasons: [reason] };
}

export function policyOf({ policy }: AttemptQuestion): Policy {
  if (policy === null) throw new Error("A step after the fourth ran without a policy.");
  return policy.policy;
}
