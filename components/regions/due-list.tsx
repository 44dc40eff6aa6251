"use client";

import type { RowRef } from "../../lib/core/regions/catalog-tables.ts";
import type { RowDue } from "../../lib/core/regions/confirmations.ts";
import { tableNouns } from "../../lib/core/regions/describe-change.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatDay } from "../ui/format-day.ts";

/** Rows that nobody confirmed within the last 30 days. */
export function DueList({ due, onOpen }: { due: readonly RowDue[]; onOpen: (ref: RowRef) => void }) {
  return (
    <DataTable
      caption="Rows due to be confirmed"
      columns={columns}
      empty={
        <Empty kind="nothing-found" title="Every row was confirmed within the last 30 days">
          A row comes back here 30 days after its last confirmation, and at once when it is changed.
        </Empty>
      }
      onOpen={({ table, id }) => onOpen({ table, id })}
      rowKey={({ table, id }) => `${table} ${id}`}
      rows={due}
    />
  );
}

const columns: readonly Column<RowDue>[] = [
  { id: "what", header: "Kind", cell: ({ table }) => tableNouns[table] },
  { id: "id", header: "Row", cell: ({ id }) => <span className="font-mono text-xs">{id}</span> },
  {
    id: "last",
    header: "Last confirmed",
    cell: ({ confirmedOn, confirmedBy }) =>
      confirmedOn === null ? (
        <span className="text-faint">never</span>
      ) : (
        `${formatDay(confirmedOn)} by ${confirmedBy}`
      ),
  },
];
