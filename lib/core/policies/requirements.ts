import type { Catalog, CountryCode, RegionRow } from "../regions/catalog.ts";
import type { ClassifiedHost } from "../regions/classify-host.ts";
import { broaderFeature } from "../regions/eligibility.ts";
import { findRegion } from "../regions/host-of-region.ts";
import type { Policy, RestrictableClaim } from "./policy.ts";

/** Claims that say where content is at the provider; `relay` is our own doing. */
export const providerClaims = ["ingress", "inference", "handling", "storage"] as const;

export const restrictableClaims: readonly RestrictableClaim[] = [...providerClaims, "relay"];

/** Countries a claim is confined to; null where the policy allows any. */
export function allowedCountries(policy: Policy, claim: RestrictableClaim): readonly CountryCode[] | null {
  const requirement = policy.claims[claim];
  return requirement.kind === "any" ? null : requirement.countries;
}

export function restricts(policy: Policy, claim: RestrictableClaim): boolean {
  return policy.claims[claim].kind === "countries";
}

/** True when the policy denies the feature, or the one that it is a way of using. */
export function deniesFeature(policy: Policy, id: string): boolean {
  return policy.deniedFeatures.some((denied) => denied === id || denied === broaderFeature(id));
}

/** True when the policy asks for a place of content at the provider at all. */
export function hasLocationRequirement(policy: Policy): boolean {
  return providerClaims.some((claim) => restricts(policy, claim));
}

/**
 * True where content is stored in a place and may be processed anywhere, so that a named person has to accept it. Whoever
 * accepted the global host accepted that with it.
 */
export function leavesInferenceOpen(policy: Policy): boolean {
  return restricts(policy, "storage") && !restricts(policy, "inference") && !policy.global.allowed;
}

/** True when every country of the region is allowed for every claim the policy restricts. */
export function regionWithin(region: RegionRow, policy: Policy): boolean {
  return countriesWithin(region.countries, policy);
}

function countriesWithin(countries: readonly CountryCode[], policy: Policy): boolean {
  return providerClaims.every((claim) => isSubset(countries, allowedCountries(policy, claim)));
}

export function regionsWithin(policy: Policy, catalog: Catalog): readonly RegionRow[] {
  return catalog.regions.filter((region) => regionWithin(region, policy));
}

/**
 * True when the policy lets content go to the host. An unclassified name of the provider is in no
 * policy: its place is not documented. A deployment at another provider counts by the place that was
 * recorded for it, like a region or like the global host.
 */
export function hostWithin(host: ClassifiedHost, policy: Policy, catalog: Catalog): boolean {
  const { deployed } = host;
  if (deployed?.countries) return countriesWithin(deployed.countries, policy);
  if (host.class === "custom" && host.region === null) return true;
  if ((host.class !== "official" && host.class !== "custom") || host.region === null) return false;
  if (host.region === "global") return policy.global.allowed;
  const region = findRegion(host.region, catalog);
  return region !== null && regionWithin(region, policy);
}

export function isSubset(countries: readonly CountryCode[], allowed: readonly CountryCode[] | null): boolean {
  if (allowed === null || countries === allowed) return true;
  if (countries.length === 1) return allowed.includes(countries[0] ?? "");
  const set = setOf(allowed);
  return countries.every((country) => set.has(country));
}

/** Lists of countries belong to policies and catalogs, which never change: each becomes a set once. */
const sets = new WeakMap<readonly CountryCode[], ReadonlySet<CountryCode>>();

function setOf(countries: readonly CountryCode[]): ReadonlySet<CountryCode> {
  const known = sets.get(countries) ?? new Set(countries);
  sets.set(countries, known);
  return known;
}
