import type { Catalog, HostRow, RegionCode, RegionRow } from "./catalog.ts";
import { indexOf } from "./catalog-index.ts";

/** The host to configure for a region, or for `global`. Throws when the catalog has no such region. */
export function hostOfRegion(region: RegionCode | "global", catalog: Catalog): string {
  const host =
    region === "global" ? catalog.hosts.find(isGlobalHost)?.host : findRegion(region, catalog)?.hosts[0];
  if (host === undefined) throw new Error(`The catalog has no host for region ${region}.`);
  return host;
}

export function findRegion(code: RegionCode, catalog: Catalog): RegionRow | null {
  return indexOf(catalog).regions.get(code) ?? null;
}

/** Regions that calls can be routed to. A resource of another provider is asked for by its name alone. */
export function routableRegions(catalog: Catalog): readonly RegionRow[] {
  return catalog.regions.filter(({ provider }) => provider === "openai");
}

function isGlobalHost({ provider, region, transport }: HostRow): boolean {
  return provider === "openai" && region === null && transport === "public";
}

/** Name for a sentence: "Europe (EEA and Switzerland)", "the global endpoint". */
export function regionName(region: RegionCode | "global" | null, catalog: Catalog): string {
  if (region === "global") return "the global endpoint";
  if (region === null) return "an unknown place";
  return findRegion(region, catalog)?.name ?? region;
}
