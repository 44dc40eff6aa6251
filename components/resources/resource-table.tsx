import Link from "next/link";
import type { ReactNode } from "react";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import type { ResourceItem } from "../../lib/contracts/resources.ts";
import { GradeMark } from "../calls/grade-mark.tsx";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { formatBytes, formatCount, formatNoun } from "../ui/format-number.ts";
import { RegionMark } from "../ui/region-mark.tsx";
import { Time } from "../ui/time.tsx";
import { kindWord } from "./kind-words.ts";

export type ResourceTableProps = { items: readonly ResourceItem[]; isLoading: boolean; empty: ReactNode };

export function ResourceTable({ items, isLoading, empty }: ResourceTableProps) {
  return (
    <DataTable
      caption="Objects that the provider keeps"
      columns={columns}
      empty={empty}
      isLoading={isLoading}
      rowClassName={({ deletedAt }) => (deletedAt === null ? undefined : "text-faint")}
      rowKey={({ tenant, kind, id }) => `${tenant}/${kind}/${id}`}
      rows={items}
    />
  );
}

const none = <span className="text-faint">–</span>;

const columns: readonly Column<ResourceItem>[] = [
  { id: "kind", header: "Kind", cell: ({ kind }) => kindWord(kind) },
  { id: "id", header: "Object", cell: ({ id }) => <Copyable length={24} text={id} what="object id" /> },
  { id: "tenant", header: "Tenant", cell: ({ tenant }) => tenant },
  {
    id: "born",
    header: "Born in",
    cell: ({ birth }) =>
      birth === null ? (
        <span className="text-muted">Not recorded</span>
      ) : (
        <span className="flex items-center gap-1.5" title={birth.host}>
          <RegionMark code={birth.region} />
          <GradeMark grade={birth.grade} />
        </span>
      ),
  },
  {
    id: "when",
    header: "Made",
    cell: ({ birth }) =>
      birth === null ? (
        none
      ) : (
        <Button asChild look="link">
          <Link href={madeBy(birth)}>
            <Time at={birth.at} />
          </Link>
        </Button>
      ),
  },
  {
    id: "size",
    header: "Size",
    align: "right",
    cell: ({ bytes }) => (bytes === null ? none : formatBytes(bytes)),
  },
  {
    id: "uses",
    header: "Used by",
    align: "right",
    cell: ({ uses }) => (uses === 0 ? none : <span title="calls">{formatCount(uses)}</span>),
  },
  {
    id: "used",
    header: "Last used",
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? none : <Time at={lastUsedAt} />),
  },
  { id: "end", header: "Kept until", cell: (item) => <KeptUntil item={item} /> },
];

/** The call that made it, on the day around it. */
function madeBy({ at, callId }: NonNullable<ResourceItem["birth"]>): string {
  const hour = 3_600_000;
  const ms = Date.parse(at);
  const around = (shift: number) => new Date(ms + shift).toISOString();
  return callsHref({ from: around(-hour), to: around(hour), call: callId });
}

function KeptUntil({ item: { deletedAt, expiresAt, retention } }: { item: ResourceItem }) {
  if (deletedAt !== null)
    return (
      <span>
        Deleted <Time at={deletedAt} precision="day" />
      </span>
    );
  if (expiresAt !== null) return <Time at={expiresAt} precision="day" />;
  if (retention === null) return <span className="text-muted">Not stated</span>;
  return (
    <span title={`Catalog ${retention.catalogVersion}: ${retention.note}`}>
      {retention.days === null ? "Until deleted" : formatNoun(retention.days, "day")}
    </span>
  );
}
