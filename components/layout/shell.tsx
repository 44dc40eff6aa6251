"use client";

import { Menu, PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Sheet } from "../ui/sheet.tsx";
import { SkipLink } from "../ui/skip-link.tsx";
import { Logo, LogoMark } from "./logo.tsx";
import { navCookie } from "./nav-cookie.ts";
import { Navigation } from "./navigation.tsx";
import { PrintStamp } from "./print-stamp.tsx";
import { SimulatedBanner } from "./simulated-banner.tsx";
import { UserPanel } from "./user-menu.tsx";

export type ShellProps = {
  user: { name: string; email: string };
  /** As the reader left it, from the cookie `navCookie`. */
  collapsed: boolean;
  children: ReactNode;
};

/** Navigation at the left (icons when collapsed, a side sheet on narrow screens), the page at the right. */
export function Shell({ user, collapsed: initiallyCollapsed, children }: ShellProps) {
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);
  const [open, setOpen] = useState(false);
  const toggle = () => {
    setCollapsed(!collapsed);
    rememberCollapsed(!collapsed);
  };
  return (
    <div className="flex min-h-dvh max-md:flex-col print:block print:min-h-0">
      <SkipLink to="content">Skip to content</SkipLink>
      <header className="flex h-12 items-center justify-between border-b bg-sunken px-4 md:hidden print:hidden">
        <Logo />
        <Button aria-label="Open navigation" look="quiet" onClick={() => setOpen(true)} size="icon">
          <Menu aria-hidden="true" />
        </Button>
      </header>
      <Sheet className="max-w-64" onOpenChange={setOpen} open={open} side="left" title={<Logo />}>
        <div className="flex h-full flex-col justify-between p-2">
          <Navigation onNavigate={() => setOpen(false)} />
          <UserPanel {...user} />
        </div>
      </Sheet>
      <aside
        className={cn(
          "sticky top-0 flex h-dvh shrink-0 flex-col border-r bg-sunken p-2 max-md:hidden print:hidden",
          collapsed ? "w-13" : "w-52",
        )}
      >
        <div
          className={cn(
            "mb-3 flex h-10 items-center",
            collapsed ? "justify-center" : "justify-between pl-1.5",
          )}
        >
          {collapsed ? <LogoMark /> : <Logo />}
          {collapsed ? null : <CollapseButton collapsed={collapsed} onToggle={toggle} />}
        </div>
        <Navigation collapsed={collapsed} />
        <div className="mt-auto flex flex-col gap-2">
          {collapsed ? <CollapseButton collapsed={collapsed} onToggle={toggle} /> : null}
          <UserPanel {...user} collapsed={collapsed} />
        </div>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <SimulatedBanner />
        <main className="mx-auto w-full max-w-[1440px] flex-1 px-4 py-5 md:px-6" id="content" tabIndex={-1}>
          <PrintStamp name={user.name} />
          {children}
        </main>
      </div>
    </div>
  );
}

function CollapseButton({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <Button
      aria-expanded={!collapsed}
      aria-label={collapsed ? "Widen navigation" : "Narrow navigation"}
      className={collapsed ? "self-center" : undefined}
      look="quiet"
      onClick={onToggle}
      size="icon"
    >
      <Icon aria-hidden="true" />
    </Button>
  );
}

function rememberCollapsed(collapsed: boolean): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it to draw the page as it was left; no secret.
  document.cookie = `${navCookie}=${collapsed ? "narrow" : "wide"}; path=/; max-age=31536000; samesite=lax`;
}
