import type { PolicyInForce } from "../core/policies/policy.ts";
import type { Catalog } from "../core/regions/catalog.ts";
import { classifyHost } from "../core/regions/classify-host.ts";

/** What `x-domicile-region` says: a region code, `global`, or `unknown` for a host without a documented place. */
export function regionOfHost(host: string, { policy }: PolicyInForce, catalog: Catalog): string {
  return classifyHost(host, catalog, policy.customHosts).region ?? "unknown";
}
