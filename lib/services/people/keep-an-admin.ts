import type { Role } from "../../core/access/role.ts";
import { countOtherAdmins } from "../../db/membership.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { Refusal } from "../refusal.ts";

/**
 * Refuses to take the role from the last admin who may sign in: nobody could make another one. Holds because every change of
 * a tenant waits for the lock of its log.
 */
export async function keepAnAdmin(
  tx: PrismaTransaction,
  place: { readonly tenantId: string; readonly personId: string },
  role: Role,
): Promise<void> {
  if (role !== "admin" || (await countOtherAdmins(tx, place)) > 0) return;
  throw new Refusal("conflict", "This is the tenant's last admin. Make another member an admin first.");
}
