"use client";

import { useQuery } from "@tanstack/react-query";
import { catalogVersionQuery, catalogVersionsQuery } from "../../lib/client/catalog.ts";
import type { CatalogVersionDetail, CatalogVersionSummary } from "../../lib/contracts/catalog.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { ChangeList } from "./change-list.tsx";

export type VersionListProps = {
  open: string | null;
  onOpen: (version: string) => void;
  onClose: () => void;
};

/** Every version with who published it, why, and what it changed. */
export function VersionList({ open, onOpen, onClose }: VersionListProps) {
  const versions = useQuery(catalogVersionsQuery());
  if (versions.isError && !versions.data)
    return (
      <ErrorPanel
        error={versions.error}
        onRetry={() => void versions.refetch()}
        title="The versions could not be listed"
      />
    );
  const version = open === null || !/^\d{1,9}$/.test(open) ? null : Number(open);
  return (
    <>
      <DataTable
        caption="Versions of the catalog"
        columns={columns}
        isLoading={!versions.data}
        onOpen={(row) => onOpen(String(row.version))}
        rowKey={(row) => String(row.version)}
        rows={versions.data ?? []}
        selectedKey={open}
      />
      <Sheet
        className="max-w-2xl"
        onOpenChange={(next) => {
          if (!next) onClose();
        }}
        open={version !== null}
        title={`Version ${version ?? ""}`}
      >
        {version === null ? null : <VersionDetail version={version} />}
      </Sheet>
    </>
  );
}

const originWords = {
  shipped: "Came with the program",
  edited: "Edited",
  imported: "Imported",
  edition: "Newer table adopted",
} as const;

const columns: readonly Column<CatalogVersionSummary>[] = [
  {
    id: "version",
    header: "Version",
    cell: ({ version }) => <span className="font-medium tabular-nums">{version}</span>,
  },
  { id: "at", header: "Published", cell: ({ publishedAt }) => <Time at={publishedAt} /> },
  {
    id: "by",
    header: "By",
    cell: ({ publishedBy, approvedBy }) =>
      approvedBy === null ? publishedBy : `${publishedBy}, approved by ${approvedBy}`,
  },
  { id: "origin", header: "How", cell: ({ origin }) => originWords[origin] },
  {
    id: "reason",
    header: "Reason",
    className: "max-w-96 truncate",
    cell: ({ reason }) => reason || <span className="text-faint">The first version</span>,
  },
  { id: "hash", header: "SHA-256", cell: ({ sha256 }) => <Copyable length={16} text={sha256} what="hash" /> },
];

function VersionDetail({ version }: { version: number }) {
  const detail = useQuery(catalogVersionQuery(version));
  if (detail.isError)
    return (
      <ErrorPanel
        className="m-4"
        error={detail.error}
        onRetry={() => void detail.refetch()}
        title="The version could not be read"
      />
    );
  if (!detail.data) return <Skeleton className="m-4 h-40" />;
  const { publishedAt, publishedBy, approvedBy, origin, edition, reason, sha256, changes, basedOn } =
    detail.data;
  return (
    <div className="flex flex-col gap-6 p-4">
      <DefinitionList
        items={[
          { term: "Published", value: <Time at={publishedAt} precision="second" /> },
          { term: "By", value: publishedBy },
          { term: "Approved by", value: approvedBy ?? unapproved(detail.data) },
          { term: "How", value: `${originWords[origin]}; stands on edition ${edition} of the shipped table` },
          { term: "Reason", value: reason || "The first version" },
          { term: "SHA-256", value: <Copyable length={64} text={sha256} what="hash" /> },
        ]}
      />
      <section>
        <h3 className="pb-2 font-semibold text-sm">
          {basedOn === null ? "Nothing came before it" : `What it changed against version ${basedOn}`}
        </h3>
        {basedOn === null ? null : changes.length === 0 ? (
          <p className="text-muted text-sm">No row. It only stands on a newer shipped table.</p>
        ) : (
          <ChangeList changes={changes} />
        )}
      </section>
    </div>
  );
}

/** Why one person was enough. Versions from before two were asked for may widen all the same. */
function unapproved({ basedOn, changes }: CatalogVersionDetail): string {
  if (basedOn === null) return "Nobody: it came with the program";
  return changes.some(({ effect }) => effect === "widens")
    ? "Nobody else, though it widens: a second person was not asked for then"
    : "Nobody else had to: nothing in it widens";
}
