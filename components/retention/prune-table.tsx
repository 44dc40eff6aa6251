import type { PruneSummary } from "../../lib/contracts/retention.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";

const columns: readonly Column<PruneSummary>[] = [
  { id: "at", header: "Deleted", cell: ({ at }) => <Time at={at} /> },
  {
    id: "range",
    header: "Entries",
    cell: ({ epoch, from, to }) => `${formatCount(from)} to ${formatCount(to - 1)}, epoch ${epoch}`,
  },
  { id: "before", header: "Recorded before", cell: ({ before }) => <Time at={before} /> },
  { id: "entry", header: "Said in entry", align: "right", cell: ({ ledger }) => formatCount(ledger.index) },
  {
    id: "root",
    header: "Root at their end",
    cell: ({ rootAtTo }) => <Copyable text={rootAtTo} what="root" />,
  },
  { id: "state", header: "State", cell: ({ finished }) => (finished ? "Gone" : "Being deleted") },
];

/** What went, and where the log says so. */
export function PruneTable({ prunes }: { prunes: readonly PruneSummary[] }) {
  return (
    <Section
      note="Bytes and rows are gone; leaf hashes are there, and every root is still checked."
      title="Deleted ranges"
    >
      <DataTable
        caption="Ranges of entries that retention deleted"
        columns={columns}
        empty={
          <Empty kind="no-data" title="Retention has deleted nothing of this tenant">
            Every entry still has its bytes.
          </Empty>
        }
        rowKey={({ epoch, to }) => `${epoch} ${to}`}
        rows={prunes}
      />
    </Section>
  );
}
