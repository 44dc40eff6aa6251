"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { PageHeader } from "../ui/page-header.tsx";

const parts = [
  { path: "", title: "Versions" },
  { path: "/edit", title: "Edit" },
  { path: "/simulator", title: "Simulator" },
  { path: "/replay", title: "Replay" },
  { path: "/restatements", title: "Restatements" },
] as const;

export type PolicyFrameProps = {
  slug: string;
  title: string;
  sentence?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** Head and parts of the pages about one tenant's policy. */
export function PolicyFrame({ slug, title, sentence, actions, children }: PolicyFrameProps) {
  const pathname = usePathname();
  const base = `/settings/policies/${encodeURIComponent(slug)}`;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <Link
          className="inline-flex w-fit items-center gap-1 text-muted text-sm hover:text-ink"
          href="/settings/policies"
        >
          <ChevronLeft aria-hidden="true" className="size-3.5" />
          Policies
        </Link>
        <PageHeader actions={actions} range={false} sentence={sentence} tenant={false} title={title} />
      </div>
      <nav aria-label="Policy" className="-mt-1 flex gap-1 overflow-x-auto print:hidden">
        {parts.map(({ path, title: part }) => (
          <Link
            aria-current={pathname === `${base}${path}` ? "page" : undefined}
            className="inline-flex h-7 shrink-0 items-center rounded-md px-2.5 text-muted text-sm transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-tint aria-[current=page]:font-medium aria-[current=page]:text-accent-ink"
            href={`${base}${path}`}
            key={path}
          >
            {part}
          </Link>
        ))}
      </nav>
      {children}
    </div>
  );
}
