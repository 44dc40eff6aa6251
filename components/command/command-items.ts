import type { LookupItem } from "../../lib/contracts/lookup.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { mayInTenant, type Role } from "../../lib/core/access/role.ts";
import { dashboardPages, hrefFrom } from "../layout/dashboard-pages.ts";
import { settingsPages } from "../settings/settings-pages.ts";

export type CommandItem = {
  readonly href: string;
  readonly title: string;
  /** What it is: a page, or whose. */
  readonly detail: string;
};

/**
 * Where a reader may go: the pages, the parts of the settings, and those of each tenant that he may see. `search`: of the page he is on,
 * for what pages share.
 */
export function commandItems(tenants: readonly TenantSummary[], search: URLSearchParams): CommandItem[] {
  const pages = dashboardPages
    .filter(({ href }) => !href.startsWith("/settings"))
    .map((page) => ({ href: hrefFrom(page, search), title: page.title, detail: "Page" }));
  const settings = settingsPages.map(({ href, title }) => ({ href, title, detail: "Settings" }));
  const ofTenants = tenants.flatMap(({ slug, name, role }) =>
    settingsPages.flatMap(({ href, title, ofTenant }) =>
      ofTenant !== null && mayInTenant(role as Role, ofTenant)
        ? [{ href: `${href}/${slug}`, title: title === "Tenants" ? "Settings" : title, detail: name }]
        : [],
    ),
  );
  return [...pages, ...settings, ...ofTenants];
}

/** Those that hold each word that was typed, in title or detail; without any, the pages alone. */
export function matchingItems(items: readonly CommandItem[], typed: string): readonly CommandItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items.filter(({ detail }) => detail === "Page");
  return items.filter(({ title, detail, href }) => {
    const text = `${title} ${detail} ${href}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What a number or an id names, as one of them. */
export function lookedUp({ title, tenant, href }: LookupItem): CommandItem {
  return { href, title, detail: tenant };
}
