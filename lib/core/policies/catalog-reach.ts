import type { Catalog } from "../regions/catalog.ts";
import { regionName } from "../regions/host-of-region.ts";
import type { Policy } from "./policy.ts";
import { knownHosts, reaches } from "./reaches.ts";

/** Hosts to which a policy lets calls go by one catalog and did not by another. */
export function reachedBy(policy: Policy, after: Catalog, before: Catalog): readonly string[] {
  const hosts = new Set([...knownHosts(before, policy.customHosts), ...knownHosts(after, [])]);
  return [...hosts].filter((host) => reaches(policy, host, after) && !reaches(policy, host, before));
}

/** Each of them as a sentence for the people of the tenant. */
export function reachedWords(hosts: readonly string[], after: Catalog): string[] {
  return hosts.map((host) => {
    const region = after.hosts.find((row) => row.host === host)?.region ?? null;
    const where = region === null ? "" : ` It is listed for ${regionName(region, after)}.`;
    return `Calls of a tenant can go to ${host}, which its policy kept them from.${where}`;
  });
}
