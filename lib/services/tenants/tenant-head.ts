import type { TenantHead } from "../../contracts/tenants.ts";
import { findTenantById } from "../../db/tenant.ts";
import type { TenantRef } from "../access.ts";
import { Refusal } from "../refusal.ts";

/** What the head of a page about one tenant says of it. */
export async function tenantHead({ tenantId, role }: TenantRef): Promise<TenantHead> {
  const row = await findTenantById(tenantId);
  if (!row) throw new Refusal("not_found", "There is no such tenant.");
  return { slug: row.slug, name: row.name, mode: row.mode, role };
}
