"use client";

import type { ReportItem } from "../../lib/contracts/reports.ts";
import { Empty } from "../ui/empty.tsx";
import { Section } from "../ui/section.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ReportRow } from "./report-row.tsx";

export type ReportListProps = {
  items: readonly ReportItem[];
  isLoading: boolean;
  nameOf: (tenant: string) => string;
  /** Whether the reader may take packs of that tenant. */
  canBuild: (tenant: string) => boolean;
};

/** What was asked for, newest first: what it is about, how far it is, and what can be taken of it. */
export function ReportList({ items, isLoading, nameOf, canBuild }: ReportListProps) {
  return (
    <Section note="Packs are kept for 400 days. Each download is an entry of the tenant's log." title="Packs">
      {isLoading ? (
        <div className="flex flex-col gap-3 p-4">
          <Skeleton className="h-14" />
          <Skeleton className="h-14" />
        </div>
      ) : items.length === 0 ? (
        <Empty kind="no-data" title="Nothing has been built yet">
          Choose a period above. A pack of a month takes seconds to minutes, and can be cancelled while it is
          built.
        </Empty>
      ) : (
        <ul className="divide-y" data-testid="report-list">
          {items.map((item) => (
            <ReportRow
              canBuild={canBuild(item.tenant)}
              item={item}
              key={item.id}
              tenantName={nameOf(item.tenant)}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}
