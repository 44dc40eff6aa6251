import Link from "next/link";
import type { ReactNode } from "react";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import { objectName } from "../../lib/contracts/resource-parsers.ts";
import type { ResourceItem } from "../../lib/contracts/resources.ts";
import { GradeMark } from "../calls/grade-mark.tsx";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { RegionMark } from "../ui/region-mark.tsx";
import { shortenMiddle } from "../ui/shorten-middle.ts";
import { longNameColumn } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { ElsewhereBadge } from "./elsewhere-badge.tsx";
import { KeptUntil, Shutdown } from "./kept-until.tsx";
import { kindWord } from "./kind-words.ts";
import { ResourceState } from "./resource-state.tsx";

export type ResourceTableProps = {
  items: readonly ResourceItem[];
  /** When they were read. */
  now: string;
  isLoading: boolean;
  empty: ReactNode;
  /** Name of the object whose sheet is open. */
  open: string | null;
  onOpen: (name: string) => void;
};

export function ResourceTable({ items, now, isLoading, empty, open, onOpen }: ResourceTableProps) {
  return (
    <DataTable
      caption="Stored objects, the newest first"
      columns={columnsAt(now, onOpen)}
      empty={empty}
      isDense
      isLoading={isLoading}
      onOpen={(item) => onOpen(objectName(item))}
      rowClassName={({ deletedAt }) => (deletedAt === null ? undefined : "text-faint")}
      rowKey={objectName}
      rows={items}
      selectedKey={open}
    />
  );
}

const none = <span className="text-faint">–</span>;

const columnsAt = (now: string, onOpen: (name: string) => void): readonly Column<ResourceItem>[] => [
  {
    id: "kind",
    header: "Kind",
    cell: ({ kind }) => <span className="whitespace-nowrap">{kindWord(kind)}</span>,
  },
  {
    id: "born",
    header: "Born in",
    cell: ({ birth, isElsewhere }) =>
      birth === null ? (
        <span className="text-muted">Not recorded</span>
      ) : (
        <span className="flex items-center gap-1.5" title={birth.host}>
          <RegionMark code={birth.region} />
          <GradeMark grade={birth.grade} />
          {isElsewhere ? <ElsewhereBadge /> : null}
        </span>
      ),
  },
  {
    id: "id",
    header: "Object",
    className: longNameColumn,
    cell: (item) => (
      <Button
        className="font-mono text-[0.92em]"
        id={objectLinkId(objectName(item))}
        look="link"
        onClick={() => onOpen(objectName(item))}
        title={item.id}
      >
        {shortenMiddle(item.id, 18)}
      </Button>
    ),
  },
  { id: "tenant", header: "Tenant", cell: ({ tenant }) => tenant },
  { id: "state", header: "State", cell: (item) => <ResourceState item={item} now={now} /> },
  {
    id: "application",
    header: "Application",
    cell: ({ application }) =>
      application === null ? none : <span className="whitespace-nowrap">{application}</span>,
  },
  {
    id: "when",
    header: "Made (UTC)",
    cell: ({ birth }) =>
      birth === null ? (
        none
      ) : (
        <Button asChild look="link">
          <Link href={callThatMade(birth)}>
            <Time at={birth.at} precision="day" zoneless />
          </Link>
        </Button>
      ),
  },
  {
    id: "uses",
    header: "Used by",
    align: "right",
    cell: ({ uses }) => (uses === 0 ? none : formatNoun(uses, "call")),
  },
  {
    id: "end",
    header: "Kept until",
    cell: (item) => (
      <span className="whitespace-nowrap">
        <KeptUntil item={item} now={now} />
      </span>
    ),
  },
  {
    id: "shutdown",
    header: "Shutdown",
    cell: ({ shutdown }) => (
      <span className="whitespace-nowrap">
        <Shutdown shutdown={shutdown} />
      </span>
    ),
  },
];

/** Where focus goes back to when an object's sheet is closed. */
export function objectLinkId(name: string): string {
  return `object-${name}`;
}

/** The call that made it, in the two hours around it. */
export function callThatMade({ at, callId }: NonNullable<ResourceItem["birth"]>): string {
  const hour = 3_600_000;
  const ms = Date.parse(at);
  const around = (shift: number) => new Date(ms + shift).toISOString();
  return callsHref({ from: around(-hour), to: around(hour), call: callId });
}
