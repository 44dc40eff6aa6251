"use client";

import type { ReportItem } from "../../lib/contracts/reports.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { ReportActions } from "./report-actions.tsx";
import { ReportStanding } from "./report-standing.tsx";

export type ReportTableProps = {
  items: readonly ReportItem[];
  isLoading: boolean;
  manyTenants: boolean;
  /** Whether the reader may take packs of that tenant. */
  canBuild: (tenant: string) => boolean;
};

/** What was asked for, newest first: how far it is, what it covers, and what can be taken of it. */
export function ReportTable({ items, isLoading, manyTenants, canBuild }: ReportTableProps) {
  const columns: Column<ReportItem>[] = [
    {
      id: "period",
      header: "Period (UTC)",
      cell: ({ from, to }) => (
        <span className="whitespace-nowrap">
          <Time at={from} precision="day" /> to before <Time at={to} precision="day" />
        </span>
      ),
    },
    ...(manyTenants ? [{ id: "tenant", header: "Tenant", cell: ({ tenant }: ReportItem) => tenant }] : []),
    { id: "filter", header: "Filter", cell: ({ filterWords }) => filterWords, className: "min-w-40" },
    {
      id: "calls",
      header: "Calls",
      align: "right",
      cell: ({ pack, counted }) => (
        <span className="tabular-nums">{formatCount(pack?.calls ?? counted)}</span>
      ),
    },
    { id: "state", header: "State", cell: (item) => <ReportStanding item={item} />, className: "min-w-56" },
    {
      id: "asked",
      header: "Asked for",
      cell: ({ requestedAt, requestedBy, scheduled }) => (
        <span className="whitespace-nowrap">
          <Time at={requestedAt} /> · {scheduled ? "by a schedule" : requestedBy}
        </span>
      ),
    },
    {
      id: "actions",
      header: <span className="sr-only">Actions</span>,
      cell: (item) => (canBuild(item.tenant) ? <ReportActions item={item} /> : null),
    },
  ];
  return (
    <Section note="Packs are kept for 400 days. Each download is an entry of the tenant's log." title="Packs">
      <DataTable
        caption="Reports, newest first"
        columns={columns}
        empty={
          <Empty kind="no-data" title="Nothing has been built yet">
            Choose a period above. A pack of a month takes seconds to minutes, and can be cancelled while it
            is built.
          </Empty>
        }
        isLoading={isLoading}
        rowKey={({ id }) => id}
        rows={items}
        skeletonRows={3}
      />
    </Section>
  );
}
