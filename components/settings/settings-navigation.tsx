"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { settingsPages } from "./settings-pages.ts";

/** The parts of the settings there are. */
export function SettingsNavigation() {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // Where not all are to be seen, the one that the reader is on is.
  useEffect(() => {
    const link = nav.current?.querySelector(`[href="${sectionOf(pathname)}"]`);
    link?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <nav
      aria-label="Settings"
      className="flex gap-4 overflow-x-auto overflow-y-hidden border-b print:hidden"
      ref={nav}
    >
      {settingsPages.map(({ href, title }) => (
        <Link
          aria-current={href === sectionOf(pathname) ? "page" : undefined}
          className="-mb-px inline-flex h-9 shrink-0 items-center border-transparent border-b-2 text-base text-muted transition-colors hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
          href={href}
          key={href}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}

/** `/settings/people` of all pages below it. */
function sectionOf(pathname: string): string {
  return pathname.split("/").slice(0, 3).join("/");
}
