"use client";

import type { AliasRow } from "../../lib/core/regions/catalog.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Section } from "../ui/section.tsx";
import type { CatalogDraftState } from "./use-catalog-draft.ts";

/** What undated names and other spellings stand for, where a source says so. */
export function AliasSection({ draft, mayEdit }: { draft: CatalogDraftState; mayEdit: boolean }) {
  const { aliases, sources } = draft.draft;
  const columns: readonly Column<AliasRow>[] = [
    { id: "alias", header: "Name", cell: ({ alias }) => <code className="font-mono text-xs">{alias}</code> },
    {
      id: "model",
      header: "Stands for",
      cell: ({ model }) => <code className="font-mono text-xs">{model}</code>,
    },
    { id: "asOf", header: "As of", cell: ({ asOf }) => <span className="tabular-nums">{asOf}</span> },
    {
      id: "source",
      header: "Source",
      className: "whitespace-normal",
      cell: ({ sourceId }) => sources.find(({ id }) => id === sourceId)?.title ?? sourceId,
    },
    ...(mayEdit
      ? [
          {
            id: "remove",
            header: <span className="sr-only">Remove</span>,
            align: "right" as const,
            cell: ({ alias }: AliasRow) => (
              <Button
                aria-label={`Remove ${alias}`}
                onClick={() => draft.add({ kind: "remove", table: "aliases", id: alias })}
                size="sm"
              >
                Remove
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Section
      note="Without a row here, which snapshot an undated name meant is known from the answer alone."
      title="Undated and other names"
    >
      <DataTable
        caption="What undated and other names stand for"
        columns={columns}
        empty={
          <Empty kind="no-data" title="Nobody has recorded what an undated name stands for">
            Calls with such a name are judged by the model that answered.
          </Empty>
        }
        rowKey={({ alias }) => alias}
        rows={aliases}
      />
    </Section>
  );
}
