import type { ResourceKeyInput } from "../../contracts/resources.ts";
import { isAsked } from "../../core/resources/upkeep.ts";
import { wantAsked } from "../../db/resource-upkeep.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";

/**
 * A person wants to know how an object is now. The worker asks within seconds, by the rules of every refresh: at the
 * host of its birth, inside the policy, within the tenant's bound.
 */
export const askForRefresh = mutation<ResourceKeyInput, { readonly wantedAt: string }>({
  permission: "resource:refresh",
  event: "resource.refresh_wanted",
  changesConfig: false,
  run: async ({ tx, tenant: { tenantId }, at }, { kind, id }) => {
    if (!isAsked(kind))
      throw new Refusal("invalid_input", "The provider is not asked about objects of this kind.");
    const outcome = await wantAsked(sqlOf(tx), tenantId, { kind, objectId: id }, at);
    if (outcome === "unknown")
      throw new Refusal("not_found", "No recorded call made or named such an object.");
    if (outcome === "unborn")
      throw new Refusal("conflict", "Where this object was made is not recorded, so nobody can be asked.");
    if (outcome === "pending") throw new Refusal("conflict", "It is being asked about already.");
    return {
      output: { wantedAt: at.toISOString() },
      subject: id,
      detail: { kind },
    };
  },
});
