"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";

const Tenants = createContext<readonly TenantSummary[]>([]);

/** The tenants the reader is a member of, for every picker of the dashboard. */
export function TenantsProvider({
  tenants,
  children,
}: {
  tenants: readonly TenantSummary[];
  children: ReactNode;
}) {
  return <Tenants value={tenants}>{children}</Tenants>;
}

export function useTenants(): readonly TenantSummary[] {
  return useContext(Tenants);
}
