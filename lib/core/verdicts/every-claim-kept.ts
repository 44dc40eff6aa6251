import type { Policy } from "../policies/policy.ts";
import { allowedCountries, isSubset, restricts } from "../policies/requirements.ts";
import type { Judgement } from "./verdict.ts";

/** True where each claim that the policy restricts is known to lie in countries it allows. */
export function everyClaimKept(policy: Policy, claims: Judgement["claims"]): boolean {
  return claims.every(({ claim, value }) => {
    if (claim === "system_data" || !restricts(policy, claim)) return true;
    return value !== "undetermined" && isSubset(value, allowedCountries(policy, claim));
  });
}
