import { namedRegions } from "../../core/policies/route.ts";
import type { Catalog, RegionCode } from "../../core/regions/catalog.ts";
import type { CatalogProblem } from "../../core/regions/check-catalog.ts";
import { countingPolicies } from "./counting-policies.ts";

const namedMax = 5;

/**
 * Regions that a draft takes out of the catalog while a tenant's policy, in force or about to be, sends calls there:
 * nothing could be planned or explained by that policy any more. `names`: whether the reader may know which tenants.
 */
export async function regionsInUse(
  current: Catalog,
  proposed: Catalog,
  { at, names }: { readonly at: Date; readonly names: boolean },
): Promise<CatalogProblem[]> {
  const kept = new Set(proposed.regions.map(({ code }) => code));
  const gone = current.regions.map(({ code }) => code).filter((code) => !kept.has(code));
  if (gone.length === 0) return [];
  const tenants = await tenantsByRegion(at);
  return gone.flatMap((code) => {
    const slugs = tenants.get(code) ?? [];
    if (slugs.length === 0) return [];
    const more = slugs.length > namedMax ? " and others" : "";
    const whose = names
      ? `the policies of ${slugs.slice(0, namedMax).join(", ")}${more} send`
      : slugs.length === 1
        ? "the policy of one tenant sends"
        : `the policies of ${slugs.length} tenants send`;
    const message = `It cannot go: ${whose} calls there. Change that first.`;
    return [{ path: `regions.${code}`, message }];
  });
}

/** Short names of the tenants, by each region that their policies name. */
async function tenantsByRegion(at: Date): Promise<ReadonlyMap<RegionCode, readonly string[]>> {
  const found = new Map<RegionCode, string[]>();
  for (const { slug, policies } of await countingPolicies(at))
    for (const code of new Set(policies.flatMap(namedRegions)))
      found.set(code, [...(found.get(code) ?? []), slug]);
  return found;
}
