import type { Permission } from "../../lib/core/access/role.ts";

export type SettingsPage = {
  readonly href: string;
  readonly title: string;
  /** Each tenant has such a page of its own, for who may do this there; null: there is one for all. */
  readonly ofTenant: Permission | null;
  /** The page without a tenant lists them; absent: it goes to the first. */
  readonly hasList?: true;
};

/** The parts of the settings there are, in the order of their navigation. */
export const settingsPages: readonly SettingsPage[] = [
  { href: "/settings/tenants", title: "Tenants", ofTenant: "tenant:read", hasList: true },
  { href: "/settings/people", title: "People", ofTenant: "person:read" },
  { href: "/settings/policies", title: "Policies", ofTenant: "tenant:read", hasList: true },
  { href: "/settings/regions", title: "Regions", ofTenant: null },
  { href: "/settings/prices", title: "Prices", ofTenant: null },
  { href: "/settings/register", title: "Register", ofTenant: "register:read" },
  { href: "/settings/retention", title: "Retention", ofTenant: "retention:read" },
  { href: "/settings/alerts", title: "Alerts", ofTenant: "alert:read" },
  { href: "/settings/trail", title: "Audit trail", ofTenant: "trail:read" },
  { href: "/settings/sign-in", title: "Sign-in", ofTenant: null },
  { href: "/settings/sessions", title: "Sessions", ofTenant: null },
];
