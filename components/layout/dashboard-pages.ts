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
  /** Keeps tenant and range of the page before in the link. */
  readonly sharesRange: boolean;
};

/** The pages there are, in the order of the navigation. A page that does not exist is not listed. */
export const dashboardPages: readonly DashboardPage[] = [
  { href: "/", title: "Overview", icon: LayoutDashboard, sharesRange: true },
  { href: "/calls", title: "Calls", icon: List, sharesRange: true },
  { href: "/findings", title: "Findings", icon: Flag, sharesRange: true },
  { href: "/usage", title: "Usage", icon: ChartNoAxesColumn, sharesRange: true },
  { href: "/latency", title: "Latency", icon: Gauge, sharesRange: true },
  { href: "/resources", title: "Resources", icon: Boxes, sharesRange: true },
  { href: "/models", title: "Models", icon: Grid3x3, sharesRange: false },
  { href: "/playground", title: "Playground", icon: SquareTerminal, sharesRange: false },
  { href: "/connect", title: "Connect", icon: Plug, sharesRange: false },
  { href: "/reports", title: "Reports", icon: FileCheck2, sharesRange: true },
  { href: "/ledger", title: "Ledger", icon: BookOpenCheck, sharesRange: true },
  { href: "/settings/tenants", title: "Settings", icon: Settings, sharesRange: false },
];

/** True on the page itself and on what lies beneath it. */
export function isOnPage(href: string, pathname: string): boolean {
  if (href === "/") return pathname === "/";
  const section = href.startsWith("/settings") ? "/settings" : href;
  return pathname === section || pathname.startsWith(`${section}/`);
}
