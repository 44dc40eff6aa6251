import type { LogKey } from "../../lib/contracts/ledger.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Badge, type BadgeTone } from "../ui/badge.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatCount } from "../ui/format-number.ts";

/** Which key signed which sizes. A checkpoint under a key that was not in force at its size is not accepted. */
export function LogKeyTable({ keys }: { keys: readonly LogKey[] }) {
  return (
    <DataTable
      caption="Keys of this log"
      columns={columns}
      empty={
        <Empty kind="no-data" title="No key yet">
          The signer makes a log's keys before it signs the first checkpoint.
        </Empty>
      }
      rowKey={({ vkey, fromSize }) => `${vkey} ${fromSize}`}
      rows={keys}
    />
  );
}

const statusWords: Readonly<Record<LogKey["status"], { word: string; tone: BadgeTone }>> = {
  active: { word: "In force", tone: "in_region" },
  retired: { word: "Retired", tone: "plain" },
  compromised: { word: "Compromised", tone: "outside" },
};

const columns: readonly Column<LogKey>[] = [
  {
    id: "key",
    header: "Verifier key",
    cell: ({ vkey }) => <Copyable length={40} text={vkey} what="verifier key" />,
  },
  {
    id: "role",
    header: "Signs",
    cell: ({ role }) => (role === "log" ? "The tree" : "The time"),
  },
  { id: "epoch", header: "Epoch", align: "right", cell: ({ epoch }) => epoch },
  {
    id: "sizes",
    header: "Sizes",
    cell: ({ fromSize, toSize }) => (
      <span className="tabular-nums">
        {toSize === null
          ? `from ${formatCount(fromSize)}`
          : `${formatCount(fromSize)} – ${formatCount(toSize)}`}
      </span>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status, reason }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <Badge tone={statusWords[status].tone}>{statusWords[status].word}</Badge>
        {reason === null ? null : <span className="text-muted">{reason}</span>}
      </span>
    ),
  },
];
