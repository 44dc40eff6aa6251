"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useTenants } from "./tenants.tsx";

/** Slug of the one tenant that the page is about: of the settings by the path, else by the search. Null: it is about all. */
export function useShownTenant(): string | null {
  const tenants = useTenants();
  const pathname = usePathname();
  const search = useSearchParams();
  const asked = pathname.startsWith("/settings/") ? tenantInPath(pathname) : search.get("tenant");
  return tenants.some(({ slug }) => slug === asked) ? asked : null;
}

/** `bank` of `/settings/people/bank` and what lies beneath it; a slug has nothing in it that an address would encode. */
export function tenantInPath(pathname: string): string | null {
  return pathname.split("/")[3] || null;
}
