"use client";

import type { Catalog, RegionRow } from "../../lib/core/regions/catalog.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { cn } from "../ui/cn.ts";
import { longNameColumn } from "../ui/table.tsx";
import { CellMark } from "./cell-mark.tsx";

export type RegionTableProps = { catalog: Catalog; selected: string | null; onOpen: (code: string) => void };

/** Regions with what is promised there. */
export function RegionTable({ catalog, selected, onOpen }: RegionTableProps) {
  return (
    <DataTable
      caption="Regions"
      columns={columns}
      onOpen={({ code }) => onOpen(code)}
      rowKey={({ code }) => code}
      rows={catalog.regions}
      selectedKey={selected}
    />
  );
}

const columns: readonly Column<RegionRow>[] = [
  {
    id: "name",
    header: "Region",
    className: cn(longNameColumn, "max-sm:min-w-40 max-sm:max-w-40 max-sm:whitespace-normal"),
    cell: ({ code, name, provider }) => (
      <span className="flex items-baseline gap-2 max-sm:flex-wrap max-sm:gap-y-0">
        <span className="font-medium">{name}</span>
        <span className="font-mono text-faint text-xs">{code}</span>
        {provider === "azure" ? <Badge tone="outline">Azure</Badge> : null}
      </span>
    ),
  },
  {
    id: "storage",
    header: "Storage",
    cell: ({ storage }) => (
      <span className="flex items-center">
        <CellMark state={storage.state} />
      </span>
    ),
  },
  {
    id: "processing",
    header: "Processing",
    cell: ({ processing, scopeKnown }) => (
      <span className="flex items-center gap-1.5">
        <CellMark state={processing.state} />
        {scopeKnown || processing.state !== "yes" ? null : (
          <span className="text-faint text-xs">scope not known</span>
        )}
      </span>
    ),
  },
  { id: "countries", header: "Countries", cell: ({ countries }) => <Countries countries={countries} /> },
  { id: "host", header: "Host", cell: ({ hosts }) => <span className="font-mono text-xs">{hosts[0]}</span> },
  { id: "tls", header: "TLS in region", cell: ({ regionalTls }) => (regionalTls ? "Yes" : "Not documented") },
  {
    id: "sdk",
    header: "SDK option",
    cell: ({ sdkOption }) => <code className="font-mono text-xs">{sdkOption ?? "none"}</code>,
  },
  {
    id: "uplift",
    header: "Uplift",
    align: "right",
    cell: ({ priceUpliftPercent: percent }) =>
      percent === null ? "not stated" : percent === 0 ? "none" : `${percent} %`,
  },
];

function Countries({ countries }: { countries: readonly string[] }) {
  const shown = countries.slice(0, 3).join(", ");
  return (
    <span title={countries.join(", ")}>
      {countries.length > 3 ? `${shown} and ${countries.length - 3} more` : shown}
    </span>
  );
}
