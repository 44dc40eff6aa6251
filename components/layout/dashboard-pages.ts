import {
  BookOpenCheck,
  Boxes,
  ChartNoAxesColumn,
  FileCheck2,
  Flag,
  Gauge,
  Grid3x3,
  LayoutDashboard,
  List,
  type LucideIcon,
  Plug,
  Settings,
  SquareTerminal,
} from "lucide-react";

export type DashboardPage = {
  readonly href: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** What of the page before is kept in the link: the page asks for it under the same name. */
  readonly shares: readonly string[];
};

const range = ["tenant", "range", "from", "to"] as const;
/** Whose calls they are, and what is declared of them. */
const declared = ["application", "environment", "data", "owner"] as const;

/** The pages there are, in the order of the navigation. A page that does not exist is not listed. */
export const dashboardPages: readonly DashboardPage[] = [
  { href: "/", title: "Overview", icon: LayoutDashboard, shares: [...range, "application"] },
  { href: "/calls", title: "Calls", icon: List, shares: [...range, ...declared] },
  { href: "/findings", title: "Findings", icon: Flag, shares: [...range, ...declared] },
  { href: "/usage", title: "Usage", icon: ChartNoAxesColumn, shares: [...range, "application"] },
  { href: "/latency", title: "Latency", icon: Gauge, shares: [...range, "application"] },
  { href: "/resources", title: "Resources", icon: Boxes, shares: range },
  { href: "/models", title: "Models", icon: Grid3x3, shares: range },
  { href: "/playground", title: "Playground", icon: SquareTerminal, shares: range },
  { href: "/connect", title: "Connect", icon: Plug, shares: range },
  { href: "/reports", title: "Reports", icon: FileCheck2, shares: range },
  { href: "/ledger", title: "Ledger", icon: BookOpenCheck, shares: range },
  { href: "/settings/tenants", title: "Settings", icon: Settings, shares: range },
];

/** True on the page itself and on what lies beneath it. */
export function isOnPage(href: string, pathname: string): boolean {
  if (href === "/") return pathname === "/";
  const section = href.startsWith("/settings") ? "/settings" : href;
  return pathname === section || pathname.startsWith(`${section}/`);
}

/** The way to a page from one with this search: whoever looks at one application's calls goes on looking at that one. */
export function hrefFrom({ href, shares }: DashboardPage, search: URLSearchParams): string {
  const shared = new URLSearchParams([...search].filter(([name]) => shares.includes(name)));
  return shared.size === 0 ? href : `${href}?${shared}`;
}

/** The way to a page as it is for one tenant; null: for all, or for the page's own choice. */
export function hrefForTenant(path: string, tenant: string | null): string {
  return tenant === null ? path : `${path}?tenant=${encodeURIComponent(tenant)}`;
}
