import type { Reason } from "./verdict.ts";

/** The closed set in the order in which reasons are named: most certain and most grave first. */
export const reasonOrder: readonly Reason[] = [
  "host_lookalike",
  "host_unknown",
  "attempted_egress",
  "host_out_of_region",
  "subject_region_mismatch",
  "relay_out_of_region",
  "storage_only_region",
  "pin_storage_only",
  "provider_global_profile",
  "endpoint_not_eligible",
  "model_not_eligible",
  "service_tier_not_eligible",
  "feature_out_of_region",
  "no_regional_handling",
  "edge_anomaly",
  "resource_born_elsewhere",
  "provider_echo_mismatch",
  "policy_missing",
  "host_unclassified",
  "redirect_refused",
  "third_party_tool",
  "endpoint_unlisted",
  "scope_unknown",
  "pin_unknown",
  "resource_birth_unknown",
  "content_path_not_observed",
  "last_attempt_only",
  "evidence_too_weak",
  "blocked_by_policy",
  "never_sent",
  "no_provider_call",
  "no_content",
];

/** Each reason once, in the order of the closed set, whatever order they were found in. */
export function inOrder(reasons: readonly Reason[]): readonly Reason[] {
  if (reasons.length < 2) return reasons;
  const found = new Set(reasons);
  return reasonOrder.filter((reason) => found.has(reason));
}
