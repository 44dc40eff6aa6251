import type { LogEpoch } from "../../lib/contracts/ledger.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";

/** The epochs of a log, newest first. */
export function EpochTable({ epochs }: { epochs: readonly LogEpoch[] }) {
  return (
    <DataTable
      caption="Epochs of this log"
      columns={columns(epochs[0]?.epoch)}
      rowKey={({ epoch }) => String(epoch)}
      rows={epochs}
    />
  );
}

function columns(open: number | undefined): readonly Column<LogEpoch>[] {
  return [
    { id: "epoch", header: "Epoch", cell: ({ epoch }) => epoch },
    {
      id: "origin",
      header: "Origin",
      cell: ({ origin }) => <Copyable length={36} text={origin} what="origin" />,
    },
    { id: "opened", header: "Opened", cell: ({ openedAt }) => <Time at={openedAt} /> },
    { id: "entries", header: "Entries", align: "right", cell: ({ entries }) => formatCount(entries) },
    {
      id: "end",
      header: "End",
      cell: ({ epoch, entries, sealed }) =>
        sealed !== null ? (
          <span className="text-muted">
            Sealed at size {formatCount(sealed.size)}: {sealed.reason}
            {entries > sealed.size
              ? ` (${formatNoun(entries - sealed.size, "entry stands", "entries stand")} behind it and ${entries - sealed.size === 1 ? "is" : "are"} not proven)`
              : null}
          </span>
        ) : epoch === open ? (
          <Badge tone="in_region">Open</Badge>
        ) : (
          <span className="text-muted">Closed by the next epoch</span>
        ),
    },
  ];
}
