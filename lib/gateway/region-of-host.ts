import type { Catalog } from "../core/regions/catalog.ts";
import { classifyHost } from "../core/regions/classify-host.ts";
import { deployedHost } from "../core/regions/deployed-host.ts";
import type { Route } from "./route.ts";

/** What `x-domicile-region` says: a region code, `global`, or `unknown` for a host without a documented place. */
export function regionOfHost(
  { plan, policy, deployment }: Pick<Route, "plan" | "policy" | "deployment">,
  catalog: Catalog,
): string {
  const host = classifyHost(plan.host, catalog, policy.policy.customHosts);
  return deployedHost(host, deployment, catalog).region ?? "unknown";
}
