import type { FindingCause } from "../verdicts/verdict.ts";
import type { DataCategory } from "./data-category.ts";

export type Severity = "critical" | "high" | "medium" | "low";

const ladder: readonly Severity[] = ["low", "medium", "high", "critical"];

/** Severity of each cause for data nobody has declared. */
const base: Readonly<Record<FindingCause, Severity>> = {
  host_lookalike: "critical",
  host_unknown: "critical",
  log_frozen: "critical",
  host_out_of_region: "high",
  subject_region_mismatch: "high",
  attempted_egress: "high",
  relay_out_of_region: "high",
  storage_only_region: "high",
  pin_storage_only: "high",
  provider_global_profile: "high",
  provider_echo_mismatch: "high",
  endpoint_not_eligible: "high",
  model_not_eligible: "high",
  feature_out_of_region: "high",
  resource_born_elsewhere: "high",
  edge_anomaly: "high",
  evidence_gap: "high",
  service_tier_not_eligible: "medium",
  no_regional_handling: "medium",
  third_party_tool: "medium",
  redirect_refused: "medium",
  host_unclassified: "medium",
  policy_missing: "medium",
  pin_unknown: "medium",
  project_not_pinned: "medium",
  project_not_set_up: "medium",
  endpoint_unlisted: "medium",
  scope_unknown: "medium",
  resource_birth_unknown: "medium",
  evidence_too_weak: "medium",
  content_path_not_observed: "medium",
  last_attempt_only: "medium",
  observe_ending: "medium",
  blocked_by_policy: "low",
  never_sent: "low",
  no_provider_call: "low",
  no_content: "low",
};

/** Steps by which the data moves the severity. Undeclared data weighs like confidential data, not less. */
const weight: Readonly<Record<DataCategory, number>> = {
  special: 1,
  personal: 0,
  confidential: 0,
  unknown: 0,
  internal: -1,
  public: -1,
};

/**
 * How urgent a finding is. A disclosed key is critical whatever the data; other causes move one step
 * with the data. Causes that are no fault stay low.
 */
export function severity(cause: FindingCause, data: DataCategory): Severity {
  const start = base[cause];
  if (start === "critical" || start === "low") return start;
  const at = ladder.indexOf(start) + weight[data];
  return ladder[Math.max(0, Math.min(ladder.length - 1, at))] ?? start;
}
