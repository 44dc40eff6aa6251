import type { Catalog } from "../regions/catalog.ts";
import { comparePlaces } from "./compare-places.ts";
import { compareRules } from "./compare-rules.ts";
import type { Policy } from "./policy.ts";
import type { PolicyChange } from "./policy-change.ts";
import { knownHosts, reaches } from "./reaches.ts";

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
  const hosts = knownHosts(catalog, [...before.customHosts, ...after.customHosts]);
  const isNewly = (host: string, of: Policy, not: Policy) =>
    reaches(of, host, catalog) && !reaches(not, host, catalog);
  return {
    changes,
    widens: changes.some(({ effect }) => effect === "widens"),
    reachable: hosts.filter((host) => isNewly(host, after, before)),
    unreachable: hosts.filter((host) => isNewly(host, before, after)),
  };
}
