import { mayInTenant, type Role } from "../../core/access/role.ts";
import { presentMembers } from "../../db/membership.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";

/** Whom a case of the tenant may be given: members who may work on findings, and may sign in to do so. */
export async function workersOf(
  tx: PrismaTransaction,
  tenantId: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const members = await presentMembers(tx, tenantId);
  return members
    .filter(({ role, person }) => person.disabledAt === null && mayInTenant(role as Role, "finding:work"))
    .map(({ person: { id, name } }) => ({ id, name }));
}
