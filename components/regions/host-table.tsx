"use client";

import type { Catalog, HostRow, LookalikeRow } from "../../lib/core/regions/catalog.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { RegionMark } from "../ui/region-mark.tsx";
import { Section } from "../ui/section.tsx";
import { azureWords, transportWords } from "./host-words.ts";

export type HostTableProps = { catalog: Catalog; selected: string | null; onOpen: (host: string) => void };

/** Every documented name, exact, and the names people are told to use that nobody documents. */
export function HostTable({ catalog, selected, onOpen }: HostTableProps) {
  return (
    <div className="flex flex-col gap-4">
      <Section
        note="A name that is not here is never official. Matched letter by letter."
        title="Documented hosts"
      >
        <DataTable
          caption="Hosts and the regions they mean"
          columns={hostColumns}
          onOpen={({ host }) => onOpen(host)}
          rowKey={({ host }) => host}
          rows={catalog.hosts}
          selectedKey={selected}
        />
      </Section>
      <Section
        note="Whoever sends here discloses key and content to somebody OpenAI does not document."
        title="Lookalikes"
      >
        <DataTable
          caption="Names nobody documents"
          columns={lookalikeColumns}
          rowKey={({ host }) => host}
          rows={catalog.lookalikes}
        />
      </Section>
    </div>
  );
}

const hostColumns: readonly Column<HostRow>[] = [
  { id: "host", header: "Host", cell: ({ host }) => <span className="font-mono text-xs">{host}</span> },
  { id: "region", header: "Means", cell: ({ region }) => <RegionMark code={region ?? "global"} /> },
  {
    id: "transport",
    header: "Reached by",
    cell: ({ transport, azure }) =>
      azure === null
        ? transportWords[transport]
        : `Azure, ${azureWords[azure.sku].split(":")[0]?.toLowerCase()}`,
  },
  { id: "asOf", header: "As of", cell: ({ asOf }) => <span className="tabular-nums">{asOf}</span> },
  {
    id: "confidence",
    header: "Confidence",
    cell: ({ confidence }) => <span className="capitalize">{confidence}</span>,
  },
  {
    id: "confirmed",
    header: "Confirmed by",
    cell: ({ confirmedBy }) => confirmedBy?.name ?? <span className="text-faint">nobody yet</span>,
  },
];

const lookalikeColumns: readonly Column<LookalikeRow>[] = [
  { id: "host", header: "Name", cell: ({ host }) => <span className="font-mono text-xs">{host}</span> },
  {
    id: "right",
    header: "Documented name",
    cell: ({ rightHost }) => <span className="font-mono text-xs">{rightHost}</span>,
  },
  { id: "why", header: "Why it is known", className: "whitespace-normal min-w-60", cell: ({ why }) => why },
];
