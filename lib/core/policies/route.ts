import type { Catalog, CountryCode, RegionCode } from "../regions/catalog.ts";
import type { ClassifiedHost } from "../regions/classify-host.ts";
import { findRegion } from "../regions/host-of-region.ts";
import type { Policy } from "./policy.ts";

/** Region the policy sends a call to when nobody asks for another: by subject, else home. */
export function routedRegion(policy: Policy, subjectCountry: CountryCode | null): RegionCode | "global" {
  const home = policy.homeRegion ?? "global";
  if (policy.routing.kind === "home" || subjectCountry === null) return home;
  const country = subjectCountry.toUpperCase();
  return Object.hasOwn(policy.routing.map, country) ? (policy.routing.map[country] ?? home) : home;
}

/** Every region that the policy can send a call to by itself. */
export function namedRegions({ homeRegion, routing }: Policy): readonly RegionCode[] {
  const mapped = routing.kind === "home" ? [] : Object.values(routing.map);
  return [...new Set([...(homeRegion === null ? [] : [homeRegion]), ...mapped])];
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

/**
 * Whether the host lies elsewhere than the region a subject is bound to. A deployment at another provider is
 * there when its countries are; of an admitted host without a place nobody can say.
 */
export function leavesBoundRegion(
  host: ClassifiedHost,
  bound: RegionCode,
  catalog: Catalog,
): "yes" | "no" | "unknown" {
  if (host.region === bound) return "no";
  if (host.class !== "custom" || host.region === "global") return "yes";
  const region = host.region === null ? null : findRegion(host.region, catalog);
  const there = host.deployed?.countries ?? region?.countries;
  if (there === undefined) return "unknown";
  const allowed = findRegion(bound, catalog)?.countries ?? [];
  return there.every((country) => allowed.includes(country)) ? "no" : "yes";
}
