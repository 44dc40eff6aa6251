import type { AzureDeployment, Catalog, CountryCode, HostRow, RegionCode } from "./catalog.ts";
import { indexOf } from "./catalog-index.ts";
import { findRegion } from "./host-of-region.ts";
import { imitatesOpenai, regionMeant } from "./imitates-openai.ts";
import { isHostName, normaliseHost } from "./normalise-host.ts";

export type HostClass = "official" | "official_unclassified" | "custom" | "lookalike" | "unknown";

export type ClassifiedHost = {
  /** Normalised. */
  readonly host: string;
  readonly class: HostClass;
  /** Region the host means; `global` promises no place; null where the catalog does not say. */
  readonly region: RegionCode | "global" | null;
  /** For lookalikes: the documented host that was probably meant. */
  readonly rightHost?: string;
  /** Where the deployment that a call named is recorded to promise less than the host's row: that, and its countries. */
  readonly deployed?: {
    readonly azure: AzureDeployment;
    /** null: no place is promised. */
    readonly countries: readonly CountryCode[] | null;
  };
};

/**
 * Says what a host is. Official means equal to a name of the catalog, letter by letter: no prefix, suffix
 * or pattern makes a name official. A listed lookalike stays one even where somebody admitted it. A host of
 * another provider that an admin recorded is custom, with the place of its deployment.
 */
export function classifyHost(raw: string, catalog: Catalog, customHosts: readonly string[]): ClassifiedHost {
  const host = normaliseHost(raw);
  const row = indexOf(catalog).hosts.get(host);
  if (row) return { host, class: row.provider === "openai" ? "official" : "custom", region: regionOf(row) };
  const listed = catalog.lookalikes.find((row) => row.host === host);
  if (listed) return { host, class: "lookalike", region: null, rightHost: listed.rightHost };
  if (isHostName(host) && host.endsWith(".api.openai.com")) {
    return { host, class: "official_unclassified", region: null };
  }
  if (customHosts.some((custom) => normaliseHost(custom) === host)) {
    return { host, class: "custom", region: null };
  }
  const codes = catalog.regions.map((region) => region.code);
  if (imitatesOpenai(host, codes)) {
    const meant = regionMeant(host, codes);
    const rightHost = meant === null ? undefined : findRegion(meant, catalog)?.hosts[0];
    return { host, class: "lookalike", region: null, ...(rightHost === undefined ? {} : { rightHost }) };
  }
  return { host, class: "unknown", region: null };
}

/** A host of another provider without a recorded deployment means no place that anybody named. */
function regionOf({ provider, region, azure }: HostRow): ClassifiedHost["region"] {
  if (region !== null) return region;
  return provider === "openai" || azure?.sku === "global" ? "global" : null;
}
