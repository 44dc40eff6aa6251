import type { Catalog } from "../regions/catalog.ts";
import { classifyHost } from "../regions/classify-host.ts";
import { comparePlaces } from "./compare-places.ts";
import { compareRules } from "./compare-rules.ts";
import type { Policy } from "./policy.ts";
import type { PolicyChange } from "./policy-change.ts";
import { hostWithin } from "./requirements.ts";

export type PolicyComparison = {
  readonly changes: readonly PolicyChange[];
  /** True where a second approver is needed: at least one change allows what was not allowed. */
  readonly widens: boolean;
  /** Hosts of the catalog and admitted ones that a blocking policy dials now and did not before. */
  readonly reachable: readonly string[];
  readonly unreachable: readonly string[];
};

/**
 * What changes from one policy to another, in words. Every field is held against its own order of strictness, so
 * that a policy which is wider in one thing and stricter in another is called widening.
 */
export function comparePolicies(before: Policy, after: Policy, catalog: Catalog): PolicyComparison {
  const changes = [...comparePlaces(before, after, catalog), ...compareRules(before, after)];
  const hosts = [
    ...catalog.hosts.filter(({ transport }) => transport === "public").map(({ host }) => host),
    ...new Set([...before.customHosts, ...after.customHosts]),
  ];
  const reaches = (policy: Policy, host: string) =>
    hostWithin(classifyHost(host, catalog, policy.customHosts), policy, catalog);
  return {
    changes,
    widens: changes.some(({ effect }) => effect === "widens"),
    reachable: hosts.filter((host) => reaches(after, host) && !reaches(before, host)),
    unreachable: hosts.filter((host) => reaches(before, host) && !reaches(after, host)),
  };
}
