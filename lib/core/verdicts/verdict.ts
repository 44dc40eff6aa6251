import type { ClaimEvidence } from "../calls/evidence.ts";

/**
 * Raised with every change to what `judge` answers for the same input; stored with each judgement.
 *
 * 1: hosts, pins, the catalog's cells, features and stored state. 2: births of stored objects, lines of
 * batches, deployments at another provider, the project that the answer names, aliases by mapping, logs that
 * tell only the last attempt, and private links as entry points. 3: births at deployments, names of models by
 * what they can answer with, edges of hosts with a promise alone, and where features keep what they keep.
 */
export const judgeVersion = 3;

/** Versions that this program judges by: a call of an earlier one is judged again as it was. */
export const judgeVersions = [2, judgeVersion] as const;
export type JudgeVersion = (typeof judgeVersions)[number];

/** null for a version that this program does not judge by. */
export function knownJudge(version: number): JudgeVersion | null {
  return judgeVersions.find((known) => known === version) ?? null;
}

export type Verdict = "compliant" | "violation" | "unverifiable" | "blocked" | "not_applicable";

/** The closed set of reasons. `describeReason` gives each a sentence, a remedy and its rule's source. */
export type Reason =
  | "host_out_of_region"
  | "host_unknown"
  | "host_lookalike"
  | "host_unclassified"
  | "attempted_egress"
  | "relay_out_of_region"
  | "storage_only_region"
  | "model_not_eligible"
  | "endpoint_not_eligible"
  | "endpoint_unlisted"
  | "service_tier_not_eligible"
  | "feature_out_of_region"
  | "third_party_tool"
  | "no_regional_handling"
  | "resource_born_elsewhere"
  | "resource_birth_unknown"
  | "redirect_refused"
  | "subject_region_mismatch"
  | "provider_echo_mismatch"
  | "provider_global_profile"
  | "edge_anomaly"
  | "scope_unknown"
  | "pin_unknown"
  | "pin_storage_only"
  | "evidence_too_weak"
  | "content_path_not_observed"
  | "last_attempt_only"
  | "policy_missing"
  | "never_sent"
  | "no_provider_call"
  | "no_content"
  | "blocked_by_policy";

/** Causes of standing findings that are not reasons of a verdict. */
export type StandingCause =
  | "project_not_pinned"
  | "project_not_set_up"
  | "log_frozen"
  | "observe_ending"
  | "evidence_gap";

/** Causes of findings that are about the record itself. No call has one, and no entry of a call names one. */
export type RecordCause = "full_check_failed" | "key_compromised";

/** Causes that come with a day of a policy's, and stand in no entry of a call. */
export type DatedCause = "acceptance_due";

/** Causes that are about a project at the provider. No call has one: they speak of calls that are not there. */
export type ProjectCause = "usage_not_recorded";

export type FindingCause = Reason | StandingCause | RecordCause | DatedCause | ProjectCause;

/** All causes of findings that are about the record, and about no call. */
export const recordFindingCauses = ["log_frozen", "full_check_failed", "key_compromised"] as const;
export type RecordFindingCause = (typeof recordFindingCauses)[number];

/**
 * What the verdict adds up to on every chart, in this order everywhere.
 * Not applicable calls have no band.
 */
export type Band = "in_region" | "permitted" | "unverifiable" | "outside" | "stopped";

/** How a violation is known: on our own socket, or from somebody's log. */
export type Basis = "observed" | "reported" | "none";

export type Judgement = {
  readonly judgeVersion: number;
  readonly verdict: Verdict;
  readonly band: Band | null;
  readonly reasons: readonly Reason[];
  readonly basis: Basis;
  readonly claims: readonly ClaimEvidence[];
  /** Standing causes this call contributes to, whatever its verdict. */
  readonly standing: readonly StandingCause[];
  /** True when the host judged for is inside the policy. */
  readonly hostWithinPolicy: boolean;
};
