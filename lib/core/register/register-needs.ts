import type { Policy } from "../policies/policy.ts";
import {
  allowedCountries,
  hasLocationRequirement,
  isSubset,
  providerClaims,
} from "../policies/requirements.ts";
import { eeaAndSwitzerland } from "../regions/openai/countries.ts";
import type { RegisterNeeds } from "./review-register.ts";

/** What a tenant's policy asks of its register. */
export function registerNeeds(policy: Policy): RegisterNeeds {
  return {
    promisesRegion: hasLocationRequirement(policy),
    allowsTransfer: policy.global.allowed || providerClaims.some((claim) => mayLeave(policy, claim)),
  };
}

function mayLeave(policy: Policy, claim: (typeof providerClaims)[number]): boolean {
  const allowed = allowedCountries(policy, claim);
  return allowed === null || !isSubset(allowed, eeaAndSwitzerland);
}
