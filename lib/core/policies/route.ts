import type { CountryCode, RegionCode } from "../regions/catalog.ts";
import type { Policy } from "./policy.ts";

/** Region the policy sends a call to when nobody asks for another: by subject, else home. */
export function routedRegion(policy: Policy, subjectCountry: CountryCode | null): RegionCode | "global" {
  const home = policy.homeRegion ?? "global";
  if (policy.routing.kind === "home" || subjectCountry === null) return home;
  const country = subjectCountry.toUpperCase();
  return Object.hasOwn(policy.routing.map, country) ? (policy.routing.map[country] ?? home) : home;
}

/**
 * Region a call must reach because of its declared subject; null where the policy does not bind subjects
 * to regions, or the call declares none.
 */
export function regionBoundBySubject(policy: Policy, subjectCountry: CountryCode | null): RegionCode | null {
  if (policy.routing.kind !== "by_subject_country" || subjectCountry === null) return null;
  const region = routedRegion(policy, subjectCountry);
  return region === "global" ? null : region;
}
