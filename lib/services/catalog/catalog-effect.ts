import type { CatalogChangeItem, TenantReach } from "../../contracts/catalog.ts";
import { reachedBy, reachedWords } from "../../core/policies/catalog-reach.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { countingPolicies } from "./counting-policies.ts";
import { changesBetween } from "./read-draft.ts";

export type CatalogEffect = {
  readonly changes: readonly CatalogChangeItem[];
  readonly reach: readonly (TenantReach & { readonly tenant: string })[];
  /** True where a second person is needed. */
  readonly widens: boolean;
  /** What widens, in words that name no tenant. */
  readonly widening: readonly string[];
};

/**
 * What one catalog changes against another for the calls of this deployment: by itself, and by every policy that is in force
 * or about to be.
 */
export async function catalogEffect(current: Catalog, proposed: Catalog, at: Date): Promise<CatalogEffect> {
  const changes = changesBetween(current, proposed);
  const reach = (await countingPolicies(at)).flatMap(({ slug, policies }) => {
    const hosts = [...new Set(policies.flatMap((policy) => reachedBy(policy, proposed, current)))];
    return hosts.length === 0 ? [] : [{ tenant: slug, hosts }];
  });
  const reached = [...new Set(reach.flatMap(({ hosts }) => hosts))];
  const widening = [
    ...reachedWords(reached, proposed),
    ...changes.filter(({ effect }) => effect === "widens").map(({ sentence }) => sentence),
  ];
  return { changes, reach, widens: widening.length > 0, widening };
}
