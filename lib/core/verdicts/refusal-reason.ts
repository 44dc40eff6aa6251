import { type PlanCode, planCodes } from "../policies/plan-refusal.ts";
import type { Reason } from "./verdict.ts";

/** True for refusals that a rule of the tenant's policy demanded, as against malformed or unpayable calls. */
export function isPolicyRefusal(code: string): code is PlanCode {
  return (planCodes as readonly string[]).includes(code);
}

const reasons: Readonly<Record<PlanCode, Reason>> = {
  region_blocked: "host_out_of_region",
  unknown_target: "host_unknown",
  model_not_eligible: "model_not_eligible",
  endpoint_not_eligible: "endpoint_not_eligible",
  feature_not_eligible: "feature_out_of_region",
  service_tier_not_eligible: "service_tier_not_eligible",
  pin_required: "pin_unknown",
};

export function reasonOfRefusal(code: PlanCode): Reason {
  return reasons[code];
}
