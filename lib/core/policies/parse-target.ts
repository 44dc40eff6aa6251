import type { Catalog, RegionCode } from "../regions/catalog.ts";
import { type ClassifiedHost, classifyHost } from "../regions/classify-host.ts";
import { findRegion, hostOfRegion } from "../regions/host-of-region.ts";

/** What a key or a request asks for. `unknown`: nothing of the catalog, so it names no host. */
export type Target =
  | { readonly kind: "policy" }
  | { readonly kind: "global" }
  | { readonly kind: "region"; readonly region: RegionCode }
  | { readonly kind: "host"; readonly host: ClassifiedHost }
  | { readonly kind: "unknown"; readonly suggestion: RegionCode | null };

/** Reads a target: `policy`, `global`, a region code, or a host. Case and surrounding blanks do not count. */
export function parseTarget(raw: string, catalog: Catalog, customHosts: readonly string[]): Target {
  const word = raw.trim().toLowerCase();
  if (word === "policy" || word === "global") return { kind: word };
  if (hasHost(word, catalog)) return { kind: "region", region: word };
  const host = classifyHost(raw.trim(), catalog, customHosts);
  if (host.class === "unknown") return { kind: "unknown", suggestion: suggested(word, catalog) };
  return { kind: "host", host };
}

/** The host a target means; null for one that means none. `routed`: where the policy sends the call. */
export function hostOfTarget(
  target: Target,
  routed: RegionCode | "global",
  catalog: Catalog,
): ClassifiedHost | null {
  switch (target.kind) {
    case "host":
      return target.host;
    case "unknown":
      return null;
    case "policy":
      return classifyHost(hostOfRegion(routed, catalog), catalog, []);
    case "global":
      return classifyHost(hostOfRegion("global", catalog), catalog, []);
    case "region":
      return classifyHost(hostOfRegion(target.region, catalog), catalog, []);
  }
}

/** Places of deployments at another provider mean no host: each resource there is somebody's, and is asked for by name. */
function hasHost(word: string, catalog: Catalog): boolean {
  const region = findRegion(word, catalog);
  return region?.provider === "openai" && region.hosts.length > 0;
}

/** `gb` for `uk`, and the region whose countries include the one that was named. */
function suggested(word: string, catalog: Catalog): RegionCode | null {
  const country = (word === "uk" ? "gb" : word).toUpperCase();
  const region = catalog.regions.find(({ countries }) => countries.includes(country));
  return region?.code ?? null;
}
