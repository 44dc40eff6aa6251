import type { Catalog } from "../regions/catalog.ts";
import { classifyHost } from "../regions/classify-host.ts";
import type { Policy } from "./policy.ts";
import { hostWithin } from "./requirements.ts";

/** Every name that a policy can let calls go to: the catalog's, private links among them, and then the admitted ones. */
export function knownHosts(catalog: Catalog, customHosts: readonly string[]): readonly string[] {
  return [...new Set([...catalog.hosts.map(({ host }) => host), ...customHosts])];
}

/** Whether the policy lets calls go to the host. */
export function reaches(policy: Policy, host: string, catalog: Catalog): boolean {
  return hostWithin(classifyHost(host, catalog, policy.customHosts), policy, catalog);
}
