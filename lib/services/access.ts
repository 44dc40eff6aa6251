import { mayInTenant, type Permission, type Role } from "../core/access/role.ts";
import { findTenantById, findTenantBySlug } from "../db/tenant.ts";
import type { Actor } from "./actor.ts";
import { Refusal } from "./refusal.ts";

export type TenantRef = { readonly tenantId: string; readonly slug: string; readonly role: Role };

/**
 * The tenant an actor names, by slug or id, if he may do this there. A tenant he is no member of is not found, whether
 * or not there is one.
 */
export async function tenantFor(actor: Actor, permission: Permission, tenant: string): Promise<TenantRef> {
  if (actor.kind === "person") {
    const member = actor.memberships.find(({ tenantId, slug }) => tenantId === tenant || slug === tenant);
    if (!member) throw noTenant();
    if (!mayInTenant(member.role, permission))
      throw new Refusal("forbidden", `The role ${member.role} may not do this.`);
    return member;
  }
  if (actor.kind !== "system") throw new Refusal("forbidden", "A gateway acts through its own verbs.");
  const found = (await findTenantBySlug(tenant)) ?? (isUuid(tenant) ? await findTenantById(tenant) : null);
  if (!found) throw noTenant();
  return { tenantId: found.id, slug: found.slug, role: "admin" };
}

/** Every tenant an actor may do this in; or the one he names. */
export async function tenantsFor(
  actor: Actor,
  permission: Permission,
  tenant: string | undefined,
): Promise<TenantRef[]> {
  if (tenant !== undefined) return [await tenantFor(actor, permission, tenant)];
  if (actor.kind !== "person") throw new Refusal("forbidden", "A job names the tenant it works for.");
  return actor.memberships.filter(({ role }) => mayInTenant(role, permission));
}

/** Only where the route has no tenant of its own: a person must be signed in. */
export function personOf(actor: Actor): Extract<Actor, { kind: "person" }> {
  if (actor.kind !== "person") throw new Refusal("forbidden", "Only a person may do this.");
  return actor;
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function noTenant(): Refusal {
  return new Refusal("not_found", "There is no such tenant, or you are not a member of it.");
}
