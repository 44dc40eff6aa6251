"use client";

import { mayInTenant, type Role } from "../../lib/core/access/role.ts";
import { useTenants } from "../layout/tenants.tsx";

export type MayWork = { readonly allowed: boolean; readonly reason: string };

/** Whether the reader may change findings of a tenant, and if not, why, in words. */
export function useMayWork(tenantSlug: string): MayWork {
  const tenant = useTenants().find(({ slug }) => slug === tenantSlug);
  if (tenant !== undefined && mayInTenant(tenant.role as Role, "finding:work"))
    return { allowed: true, reason: "" };
  const role = tenant === undefined ? "no member" : `${article(tenant.role)} ${tenant.role}`;
  return {
    allowed: false,
    reason: `You are ${role} in this tenant. Findings are worked on by officers and admins.`,
  };
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}
