import type { ChangeCallViewInput } from "../../contracts/call-views.ts";
import { mayInTenant } from "../../core/access/role.ts";
import { type CallViewRow, deleteCallViewRow, findCallView, updateCallView } from "../../db/call-view.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid, personOf, type TenantRef } from "../access.ts";
import type { Actor } from "../actor.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { mayChangeView } from "./may-change-view.ts";
import { nameOnce, sharingForbidden, viewDetail } from "./view-words.ts";

type Which = { readonly tenant: string; readonly id: string };

/** Renames a view, shares it, or takes it back for the one who saved it. */
export function changeCallView(actor: Actor, input: ChangeCallViewInput & Which): Promise<void> {
  return nameOnce(input.name, () => change(actor, input));
}

const change = mutation<ChangeCallViewInput & Which, void>({
  permission: "call:read",
  event: "call_view.changed",
  changesConfig: false,
  run: async ({ tx, actor, tenant }, { id, name, shared }) => {
    const view = await demandView(tx, tenant, actor, id);
    if (shared && !mayInTenant(tenant.role, "view:share")) throw sharingForbidden(tenant.role);
    await updateCallView(tx, view, { name, shared });
    return { output: undefined, subject: id, detail: viewDetail({ ...view, name, shared }) };
  },
});

/** Deletes a view. The calls it showed are not touched. */
export const deleteCallView = mutation<Which, void>({
  permission: "call:read",
  event: "call_view.deleted",
  changesConfig: false,
  run: async ({ tx, actor, tenant }, { id }) => {
    const view = await demandView(tx, tenant, actor, id);
    await deleteCallViewRow(tx, tenant.tenantId, id);
    return { output: undefined, subject: id, detail: viewDetail(view) };
  },
});

/** The view, if the actor sees it and may change it. What somebody else keeps for himself is not found. */
async function demandView(
  tx: PrismaTransaction,
  { tenantId, role }: TenantRef,
  actor: Actor,
  id: string,
): Promise<CallViewRow> {
  const { personId } = personOf(actor);
  const view = isUuid(id) ? await findCallView(tx, tenantId, id) : null;
  if (!view || (view.personId !== personId && !view.shared))
    throw new Refusal("not_found", "There is no such view, or it is somebody else's.");
  if (!mayChangeView(role, view, personId))
    throw new Refusal("forbidden", "Whoever saved a shared view may change it, and an admin of the tenant.");
  return view;
}
