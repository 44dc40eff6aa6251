import type { CallView } from "../../contracts/call-views.ts";
import { visibleCallViews } from "../../db/call-view.ts";
import { personOf, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { mayChangeView } from "./may-change-view.ts";

const shownMax = 500;

/** The views a person saved in his tenants, and those that others share there; by name. */
export async function listCallViews(actor: Actor): Promise<CallView[]> {
  const { personId } = personOf(actor);
  const tenants = new Map(
    (await tenantsFor(actor, "call:read", undefined)).map((each) => [each.tenantId, each]),
  );
  const rows = await visibleCallViews([...tenants.keys()], personId, shownMax);
  return rows.flatMap(({ id, tenantId, name, shared, query, personName, savedAt, personId: by }) => {
    const tenant = tenants.get(tenantId);
    if (!tenant) return [];
    return {
      ...{ id, name, shared, query },
      tenant: tenant.slug,
      savedBy: personName,
      savedAt: savedAt.toISOString(),
      mine: by === personId,
      mayChange: mayChangeView(tenant.role, { personId: by, shared }, personId),
    };
  });
}
