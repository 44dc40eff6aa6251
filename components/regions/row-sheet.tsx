"use client";

import { useState } from "react";
import type {
  Catalog,
  EndpointRow,
  FeatureRow,
  HostRow,
  ModelRow,
  RegionRow,
} from "../../lib/core/regions/catalog.ts";
import {
  type CellClaim,
  type CelledRow,
  cellAt,
  findRow,
  isCelledTable,
  type RowRef,
} from "../../lib/core/regions/catalog-tables.ts";
import { rowConfirmation } from "../../lib/core/regions/confirmations.ts";
import { tableNouns } from "../../lib/core/regions/describe-change.ts";
import { regionName } from "../../lib/core/regions/host-of-region.ts";
import { Button } from "../ui/button.tsx";
import { type Definition, DefinitionList } from "../ui/definition-list.tsx";
import { Select } from "../ui/select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { CellEvidence } from "./cell-evidence.tsx";
import { CellForm } from "./cell-form.tsx";
import { claimWords } from "./cell-words.ts";
import { ConfirmRowForm } from "./confirm-row-form.tsx";
import { RemoveRow } from "./remove-row.tsx";
import { RowDocumentForm } from "./row-document-form.tsx";
import { endpointFacts, featureFacts, hostFacts, modelFacts, regionFacts } from "./row-facts.tsx";
import type { CatalogDraftState } from "./use-catalog-draft.ts";

export type RowSheetProps = {
  open: RowRef | null;
  region: string | null;
  onRegion: (region: string) => void;
  onClose: () => void;
  version: number;
  draft: CatalogDraftState;
  mayEdit: boolean;
};

/** A row with what it rests on; for admins, its cells can be changed in the draft and the row confirmed. */
export function RowSheet({ open, onClose, ...rest }: RowSheetProps) {
  const row = open === null ? null : findRow(rest.draft.draft, open);
  return (
    <Sheet
      description={
        open === null
          ? undefined
          : `Version ${rest.version}${rest.draft.changes.length > 0 ? " with your draft" : ""}`
      }
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      open={row !== null}
      title={
        open === null
          ? ""
          : `${tableNouns[open.table]} ${open.table === "regions" ? regionName(open.id, rest.draft.draft) : open.id}`
      }
    >
      {row === null || open === null ? null : (
        <RowParts key={`${open.table} ${open.id}`} refTo={open} {...rest} onClose={onClose} />
      )}
    </Sheet>
  );
}

function RowParts(props: Omit<RowSheetProps, "open"> & { refTo: RowRef }) {
  const { refTo, draft, version, mayEdit, region, onRegion } = props;
  const row = findRow(draft.draft, refTo);
  if (row === null) return null;
  const changed = draft.changes.some(({ table, id }) => table === refTo.table && id === refTo.id);
  const confirmation = rowConfirmation(row);
  return (
    <div className="flex flex-col gap-6 p-4">
      {isCelledTable(refTo.table) ? (
        <CellParts
          draft={draft}
          mayEdit={mayEdit}
          onRegion={onRegion}
          refTo={refTo}
          region={region}
          row={row as CelledRow}
        />
      ) : null}
      <section>
        <h3 className="pb-1 font-semibold text-sm">The row</h3>
        <DefinitionList items={factsOf(refTo, draft.draft)} />
        {mayEdit ? (
          <div className="pt-3">
            <RowDocumentForm draft={draft} refTo={refTo} row={row} />
          </div>
        ) : null}
      </section>
      {confirmation === undefined ? null : (
        <section>
          <h3 className="pb-1 font-semibold text-sm">Confirmation</h3>
          <ConfirmRowForm
            {...refTo}
            confirmation={confirmation}
            hindrance={
              !mayEdit
                ? "An administrator of the deployment confirms rows."
                : changed
                  ? "The draft changes this row. Publish it first, then confirm it."
                  : null
            }
            version={version}
          />
        </section>
      )}
      {mayEdit ? <RemoveRow draft={draft} onRemoved={props.onClose} refTo={refTo} /> : null}
    </div>
  );
}

type CellPartsProps = Pick<RowSheetProps, "draft" | "mayEdit" | "region" | "onRegion"> & {
  refTo: RowRef;
  row: CelledRow;
};

function CellParts({ draft, mayEdit, region, onRegion, refTo, row }: CellPartsProps) {
  const { regions, sources } = draft.draft;
  const code = regions.some((each) => each.code === region) ? (region ?? "") : (regions[0]?.code ?? "");
  const [editing, setEditing] = useState<CellClaim | null>(null);
  return (
    <section className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-semibold text-sm">In {regionName(code, draft.draft)}</h3>
        <Select
          aria-label="Region"
          className="w-56"
          onChange={(event) => {
            setEditing(null);
            onRegion(event.target.value);
          }}
          value={code}
        >
          {regions.map((each) => (
            <option key={each.code} value={each.code}>
              {each.name}
            </option>
          ))}
        </Select>
      </div>
      {(["processing", "storage"] as const).map((claim) => {
        const cell = cellAt(row, claim, code);
        return (
          <div className="flex flex-col gap-2" key={claim}>
            <div className="flex items-center justify-between">
              <h4 className="font-medium text-muted text-xs">{claimWords[claim]}</h4>
              {mayEdit && editing !== claim ? (
                <Button
                  aria-label={`Change ${claimWords[claim].toLowerCase()} in ${regionName(code, draft.draft)}`}
                  onClick={() => setEditing(claim)}
                  size="sm"
                >
                  Change
                </Button>
              ) : null}
            </div>
            <CellEvidence cell={cell} sources={sources} />
            {editing === claim && isCelledTable(refTo.table) ? (
              <CellForm
                cell={cell}
                onCancel={() => setEditing(null)}
                onChange={(next) => {
                  if (isCelledTable(refTo.table))
                    draft.add({
                      kind: "set_cell",
                      table: refTo.table,
                      id: refTo.id,
                      claim,
                      region: code,
                      cell: next,
                    });
                  setEditing(null);
                }}
                sources={sources}
              />
            ) : null}
          </div>
        );
      })}
    </section>
  );
}

function factsOf(refTo: RowRef, catalog: Catalog): Definition[] {
  const row = findRow(catalog, refTo);
  switch (refTo.table) {
    case "regions":
      return regionFacts(row as RegionRow, catalog);
    case "hosts":
      return hostFacts(row as HostRow, catalog);
    case "endpoints":
      return endpointFacts(row as EndpointRow, catalog);
    case "models":
      return modelFacts(row as ModelRow, catalog);
    case "features":
      return featureFacts(row as FeatureRow);
    default:
      return Object.entries(row ?? {}).map(([term, value]) => ({ term, value: String(value) }));
  }
}
