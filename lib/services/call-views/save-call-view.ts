import { v7 } from "uuid";
import type { z } from "zod";
import { callViewQuery, type saveCallViewInput } from "../../contracts/call-views.ts";
import { mayInTenant } from "../../core/access/role.ts";
import { countCallViews, insertCallView } from "../../db/call-view.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { nameOnce, sharingForbidden, viewDetail } from "./view-words.ts";

const perPersonMax = 100;

type Input = z.infer<typeof saveCallViewInput>;

/** Keeps filters of Calls under a name, for the person himself or for everybody of the tenant. */
export function saveCallView(actor: Actor, input: Input): Promise<{ readonly id: string }> {
  return nameOnce(input.name, () => save(actor, input));
}

const save = mutation<Input, { readonly id: string }>({
  permission: "call:read",
  event: "call_view.saved",
  changesConfig: false,
  run: async ({ tx, actor, actorName, at, tenant }, { name, shared, search }) => {
    const { personId } = personOf(actor);
    if (shared && !mayInTenant(tenant.role, "view:share")) throw sharingForbidden(tenant.role);
    if (search.tenant !== undefined && search.tenant !== tenant.slug && search.tenant !== tenant.tenantId)
      throw new Refusal("invalid_input", "A view of one tenant is kept with that tenant.");
    if ((await countCallViews(tx, tenant.tenantId, personId)) >= perPersonMax)
      throw new Refusal("conflict", `You keep ${perPersonMax} views with this tenant. Delete one first.`);
    const id = v7();
    const query = callViewQuery(search);
    const { tenantId } = tenant;
    await insertCallView(tx, {
      tenantId,
      id,
      personId,
      personName: actorName,
      name,
      shared,
      query,
      savedAt: at,
    });
    return { output: { id }, subject: id, detail: viewDetail({ name, shared, query }) };
  },
});
