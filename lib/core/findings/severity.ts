import type { FindingCause } from "../verdicts/verdict.ts";
import type { DataCategory } from "./data-category.ts";

export type Severity = "critical" | "high" | "medium" | "low";

const ladder: readonly Severity[] = ["low", "medium", "high", "critical"];

/** Severity of each cause for data nobody has declared. */
const base: Readonly<Record<FindingCause, Severity>> = {
  host_lookalike: "critical",
  host_unknown: "critical",
  log_frozen: "critical",
  full_check_failed: "critical",
  key_compromised: "critical",
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
  usage_not_recorded: "high",
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
  acceptance_due: "medium",
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

/** What was declared of the application whose calls a finding is about. */
export type Declaration = {
  readonly dataCategory: DataCategory;
  /** `production` or `test`. */
  readonly environment: string;
  readonly purpose: string;
  /** Who answers for it; null where nobody is named. */
  readonly owner: string | null;
};

/** Findings that belong to no application, or to one of which nothing was said. */
export const undeclared: Declaration = {
  dataCategory: "unknown",
  environment: "production",
  purpose: "",
  owner: null,
};

/**
 * How urgent a finding is. A disclosed key is critical whatever the data; causes that are no fault stay low;
 * the others move with what was declared of the application: up for special data, down for internal and
 * public data, and down in a test environment that holds no personal data. What lowers counts only where an
 * owner and a purpose stand behind it: nobody's word lowers nothing.
 */
export function severity(cause: FindingCause, declared: Declaration): Severity {
  const start = base[cause];
  if (start === "critical" || start === "low") return start;
  const steps = weight[declared.dataCategory] - (isHarmlessTest(declared) ? 1 : 0);
  const moved = steps < 0 && !isAnsweredFor(declared) ? 0 : steps;
  const at = ladder.indexOf(start) + moved;
  return ladder[Math.max(0, Math.min(ladder.length - 1, at))] ?? start;
}

/** Data that nobody declared may be personal. */
function isHarmlessTest({ environment, dataCategory }: Declaration): boolean {
  return environment === "test" && !["special", "personal", "unknown"].includes(dataCategory);
}

function isAnsweredFor({ owner, purpose }: Declaration): boolean {
  return owner !== null && owner.trim() !== "" && purpose.trim() !== "";
}
