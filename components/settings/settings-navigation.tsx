"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { mayInTenant, type Role } from "../../lib/core/access/role.ts";
import { useTenants } from "../layout/tenants.tsx";
import { tenantInPath } from "../layout/use-shown-tenant.ts";
import { type SettingsPage, settingsPages } from "./settings-pages.ts";

/** The parts of the settings there are, of the tenant that the reader is at. */
export function SettingsNavigation() {
  const pathname = usePathname();
  const search = useSearchParams();
  const asked = tenantInPath(pathname) ?? search.get("tenant");
  const tenant = useTenants().find(({ slug }) => slug === asked);
  const nav = useRef<HTMLElement>(null);
  // Where not all are to be seen, the one that the reader is on is.
  useEffect(() => {
    const link = nav.current?.querySelector(`[data-part="${sectionOf(pathname)}"]`);
    link?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <nav
      aria-label="Settings"
      className="flex gap-4 overflow-x-auto overflow-y-hidden border-b print:hidden"
      ref={nav}
    >
      {settingsPages.map((page) => (
        <Link
          aria-current={page.href === sectionOf(pathname) ? "page" : undefined}
          className="-mb-px inline-flex h-9 shrink-0 items-center border-transparent border-b-2 text-base text-muted transition-colors hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
          data-part={page.href}
          href={hrefAt(page, tenant)}
          key={page.href}
        >
          {page.title}
        </Link>
      ))}
    </nav>
  );
}

/** Of the tenant where it has the page and there is no list of all; else the word of it goes along. */
function hrefAt(
  { href, ofTenant, hasList }: SettingsPage,
  tenant: { readonly slug: string; readonly role: string } | undefined,
): string {
  if (tenant === undefined) return href;
  if (ofTenant === null || hasList) return `${href}?${new URLSearchParams({ tenant: tenant.slug })}`;
  return mayInTenant(tenant.role as Role, ofTenant) ? `${href}/${encodeURIComponent(tenant.slug)}` : href;
}

/** `/settings/people` of all pages below it. */
function sectionOf(pathname: string): string {
  return pathname.split("/").slice(0, 3).join("/");
}
