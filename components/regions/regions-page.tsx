"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { catalogQuery } from "../../lib/client/catalog.ts";
import type { CatalogPage } from "../../lib/contracts/catalog.ts";
import { regionPageParsers } from "../../lib/contracts/catalog-parsers.ts";
import type { CatalogTable } from "../../lib/core/regions/catalog-tables.ts";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { LeaveGuard } from "../ui/leave-guard.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/time.tsx";
import { AddDialog } from "./add-dialog.tsx";
import { AliasSection } from "./alias-section.tsx";
import { DraftBar } from "./draft-bar.tsx";
import { DueList } from "./due-list.tsx";
import { EditionNotice } from "./edition-notice.tsx";
import { HostTable } from "./host-table.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { DecidedProposals, WaitingProposals } from "./proposal-list.tsx";
import { RegionTable } from "./region-table.tsx";
import { RegionsSkeleton } from "./regions-skeleton.tsx";
import { RowMatrix } from "./row-matrix.tsx";
import { RowSheet } from "./row-sheet.tsx";
import { useCatalogDraft } from "./use-catalog-draft.ts";
import { VersionList } from "./version-list.tsx";

export type RegionsPageProps = { mayEdit: boolean; person: string };

/** The page `/settings/regions`: what the provider documents about places, and how it is changed. */
export function RegionsPage(props: RegionsPageProps) {
  const page = useQuery(catalogQuery());
  if (page.data) return <LoadedPage {...props} page={page.data} />;
  if (page.isError)
    return (
      <ErrorPanel
        error={page.error}
        onRetry={() => void page.refetch()}
        title="The catalog could not be read"
      />
    );
  return <RegionsSkeleton />;
}

const tableOfTab: Readonly<Partial<Record<string, CatalogTable>>> = {
  regions: "regions",
  hosts: "hosts",
  endpoints: "endpoints",
  features: "features",
  models: "models",
};

function LoadedPage({ page, mayEdit, person }: RegionsPageProps & { page: CatalogPage }) {
  const [search, setSearch] = useQueryStates(regionPageParsers, { history: "push", scroll: false });
  const draft = useCatalogDraft(page.catalog);
  const { tab, row } = search;
  const table = tableOfTab[tab];
  const openRow = (id: string) => void setSearch({ row: id, region: null });
  const close = () => void setSearch({ row: null, region: null });
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        actions={
          <>
            <Button asChild>
              <a download href="/api/catalog/export">
                <Download aria-hidden="true" />
                Export
              </a>
            </Button>
            {mayEdit ? (
              <>
                <ImportDialog />
                <AddDialog draft={draft} person={person} />
              </>
            ) : null}
          </>
        }
        range={false}
        sentence={<CatalogSentence page={page} />}
        tenant={false}
        title="Regions and endpoints"
      />
      {mayEdit ? null : (
        <p className="text-muted text-sm">Only an administrator of the deployment changes the catalog.</p>
      )}
      {page.offer ? <EditionNotice mayEdit={mayEdit} offer={page.offer} /> : null}
      <WaitingProposals mayEdit={mayEdit} />
      <DraftBar basedOn={page.version} draft={draft} />
      <LeaveGuard title="Leave without publishing?" verb="Discard and leave" when={draft.changes.length > 0}>
        {formatNoun(draft.changes.length, "change")} in your draft would be lost. No other page keeps it.
      </LeaveGuard>
      <Tabs
        label="Parts of the catalog"
        onValueChange={(next) => void setSearch({ tab: next, row: null, region: null, q: null })}
        tabs={[
          {
            id: "regions",
            title: "Regions",
            content: (
              <Framed>
                <RegionTable catalog={draft.draft} onOpen={openRow} selected={row} />
              </Framed>
            ),
          },
          {
            id: "hosts",
            title: "Hosts",
            content: <HostTable catalog={draft.draft} onOpen={openRow} selected={row} />,
          },
          { id: "endpoints", title: "Endpoints", content: <RowMatrix draft={draft} table="endpoints" /> },
          {
            id: "features",
            title: "Features and tools",
            content: <RowMatrix draft={draft} table="features" />,
          },
          {
            id: "models",
            title: "Models",
            content: (
              <div className="flex flex-col gap-4">
                <RowMatrix draft={draft} table="models" />
                <AliasSection draft={draft} mayEdit={mayEdit} />
              </div>
            ),
          },
          {
            id: "due",
            title: `Due (${page.due.length})`,
            content: (
              <Framed>
                <DueList
                  due={page.due}
                  onOpen={(ref) => {
                    if (ref.table in tableOfTab)
                      void setSearch({ tab: ref.table as "regions", row: ref.id, region: null });
                  }}
                />
              </Framed>
            ),
          },
          {
            id: "versions",
            title: "Versions",
            content: (
              <div className="flex flex-col gap-5">
                <Framed>
                  <VersionList onClose={close} onOpen={openRow} open={tab === "versions" ? row : null} />
                </Framed>
                <DecidedProposals />
              </div>
            ),
          },
        ]}
        value={tab}
      />
      <RowSheet
        draft={draft}
        mayEdit={mayEdit}
        onClose={close}
        onRegion={(region) => void setSearch({ region }, { history: "replace" })}
        open={table === undefined || row === null ? null : { table, id: row }}
        region={search.region}
        version={page.version}
      />
    </div>
  );
}

function Framed({ children }: { children: ReactNode }) {
  return <div className="overflow-hidden rounded-md border bg-surface">{children}</div>;
}

function CatalogSentence({ page }: { page: CatalogPage }) {
  const { version, publishedAt, publishedBy, catalog, due } = page;
  return (
    <>
      Version {version}, published <Time at={publishedAt} precision="day" /> by {publishedBy} ·{" "}
      {formatNoun(catalog.regions.length, "region")} · {formatNoun(catalog.hosts.length, "host")} ·{" "}
      {formatNoun(catalog.models.length, "model")} ·{" "}
      {due.length === 0
        ? "every row confirmed within 30 days"
        : `${formatNoun(due.length, "row")} due to be confirmed`}
    </>
  );
}
