import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { permissionReason } from "../tenants/permission-reason.ts";

/** The tenant of the URL, else the first the reader may send for, else the first. */
export function chosenTenant(
  tenants: readonly TenantSummary[],
  slug: string | null,
): TenantSummary | undefined {
  const named = tenants.find((tenant) => tenant.slug === slug);
  const allowed = tenants.find(({ role }) => permissionReason(role, "playground:send") === null);
  return named ?? allowed ?? tenants[0];
}
