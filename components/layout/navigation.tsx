"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { cn } from "../ui/cn.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { type DashboardPage, dashboardPages, hrefFrom, isOnPage } from "./dashboard-pages.ts";

export type NavigationProps = { collapsed?: boolean; onNavigate?: () => void };

export function Navigation({ collapsed = false, onNavigate }: NavigationProps) {
  const pathname = usePathname();
  const search = useSearchParams();
  return (
    <nav aria-label="Pages" className="flex flex-col gap-0.5">
      {dashboardPages.map((page) => {
        const link = (
          <NavigationLink
            collapsed={collapsed}
            href={hrefFrom(page, search)}
            isCurrent={isOnPage(page.href, pathname)}
            key={page.href}
            onNavigate={onNavigate}
            page={page}
          />
        );
        return collapsed ? (
          <Tooltip content={page.title} key={page.href} side="right">
            {link}
          </Tooltip>
        ) : (
          link
        );
      })}
    </nav>
  );
}

type NavigationLinkProps = {
  page: DashboardPage;
  href: string;
  isCurrent: boolean;
  collapsed: boolean;
  onNavigate?: () => void;
};

function NavigationLink({ page, href, isCurrent, collapsed, onNavigate, ...rest }: NavigationLinkProps) {
  const Icon = page.icon;
  return (
    <Link
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-muted transition-colors hover:bg-hover hover:text-ink",
        "aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink",
        collapsed && "justify-center px-0",
      )}
      href={href}
      onClick={onNavigate}
      {...rest}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <span className={collapsed ? "sr-only" : undefined}>{page.title}</span>
    </Link>
  );
}
