"use client";

import type { ModelNotice } from "../../lib/contracts/models.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { RegionMark } from "../ui/region-mark.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";

/** Lists of the provider that differed from the one before, newest first; null while they are read. */
export function NoticeList({ notices }: { notices: readonly ModelNotice[] | null }) {
  return (
    <Section
      note="Per host and key, each list against the one before it."
      title="Changes in the provider's lists"
    >
      <DataTable
        caption="Lists that differed"
        columns={columns}
        empty={
          <Empty kind="no-data" title="No list has differed from the one before">
            A first list is nothing to compare with. Lists are kept when an application asks for them through
            the gateway, and when you ask below.
          </Empty>
        }
        isLoading={notices === null}
        rowKey={({ id }) => id}
        rows={notices ?? []}
        skeletonRows={2}
      />
    </Section>
  );
}

const columns: readonly Column<ModelNotice>[] = [
  { id: "at", header: "Seen", cell: ({ at }) => <Time at={at} /> },
  { id: "region", header: "Region", cell: ({ region }) => <RegionMark code={region} /> },
  { id: "host", header: "Host", cell: ({ host }) => <span className="font-mono text-xs">{host}</span> },
  { id: "tenant", header: "Tenant", cell: ({ tenant }) => tenant },
  {
    id: "what",
    header: "What changed",
    className: "min-w-80 whitespace-normal",
    cell: (notice) => noticeWords(notice),
  },
];

const namesMax = 6;

/** "Came: gpt-7-sol. Went: tts-1." */
export function noticeWords({
  added,
  removed,
  shutdowns,
}: Pick<ModelNotice, "added" | "removed" | "shutdowns">): string {
  return [
    { word: "Came", names: added },
    { word: "Went", names: removed },
    { word: "Announced end changed", names: shutdowns },
  ]
    .filter(({ names }) => names.length > 0)
    .map(({ word, names }) => {
      const more = names.length > namesMax ? ` and ${names.length - namesMax} more` : "";
      return `${word}: ${names.slice(0, namesMax).join(", ")}${more}.`;
    })
    .join(" ");
}
