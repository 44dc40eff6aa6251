"use client";

import type { RowRef } from "../../lib/core/regions/catalog-tables.ts";
import type { CatalogEdit } from "../../lib/core/regions/edit-catalog.ts";
import { Button } from "../ui/button.tsx";
import type { CatalogDraftState } from "./use-catalog-draft.ts";

/** Takes the row out of the draft's catalog, and for a host its name out of its region. */
export function RemoveRow({
  draft,
  refTo,
  onRemoved,
}: {
  draft: CatalogDraftState;
  refTo: RowRef;
  onRemoved: () => void;
}) {
  return (
    <section className="flex items-center justify-between gap-3 border-t pt-4">
      <p className="text-faint text-xs">
        Earlier versions keep the row, and calls judged by them their verdicts.
      </p>
      <Button
        look="danger"
        onClick={() => {
          draft.add(...removal(draft, refTo));
          onRemoved();
        }}
        size="sm"
      >
        Remove from the draft
      </Button>
    </section>
  );
}

function removal({ draft }: CatalogDraftState, { table, id }: RowRef): CatalogEdit[] {
  const remove: CatalogEdit = { kind: "remove", table, id };
  if (table === "hosts") {
    const owners = draft.regions.filter(({ hosts }) => hosts.includes(id));
    return [
      remove,
      ...owners.map(
        (row): CatalogEdit => ({
          kind: "put",
          table: "regions",
          row: { ...row, hosts: row.hosts.filter((host) => host !== id) },
        }),
      ),
    ];
  }
  if (table === "regions") {
    const hosts = draft.hosts.filter(({ region }) => region === id);
    return [remove, ...hosts.map(({ host }): CatalogEdit => ({ kind: "remove", table: "hosts", id: host }))];
  }
  return [remove];
}
