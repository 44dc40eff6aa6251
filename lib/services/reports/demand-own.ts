import { mayInTenant } from "../../core/access/role.ts";
import type { TenantRef } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";

/** Whether an actor may end what this person asked for: everybody what is his own, the holders of `report:end` all of it. */
export function mayEnd(actor: Actor, { role }: Pick<TenantRef, "role">, askedBy: string | null): boolean {
  const isOwn = actor.kind === "person" && actor.personId === askedBy;
  return isOwn || mayInTenant(role, "report:end");
}

/** The same as a refusal. The caller has found the tenant by what the actor may do there. */
export function demandMayEnd(actor: Actor, tenant: TenantRef, askedBy: string | null): void {
  if (!mayEnd(actor, tenant, askedBy))
    throw new Refusal(
      "forbidden",
      `The role ${tenant.role} ends what it asked for itself. An admin or an officer ends this.`,
    );
}
