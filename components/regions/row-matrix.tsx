"use client";

import { useQueryStates } from "nuqs";
import { regionPageParsers } from "../../lib/contracts/catalog-parsers.ts";
import { type CelledTable, cellAt, rowId } from "../../lib/core/regions/catalog-tables.ts";
import { Empty } from "../ui/empty.tsx";
import { Input } from "../ui/input.tsx";
import { CellLegend } from "./cell-mark.tsx";
import { CellMatrix } from "./cell-matrix.tsx";
import { ClaimSwitch } from "./claim-switch.tsx";
import type { CatalogDraftState } from "./use-catalog-draft.ts";

/** One table of the catalog as rows by regions, for one claim. */
export function RowMatrix({ table, draft }: { table: CelledTable; draft: CatalogDraftState }) {
  const [search, setSearch] = useQueryStates(regionPageParsers, { history: "push", scroll: false });
  const { claim, q, row: openId, region } = search;
  const catalog = draft.draft;
  const rows = catalog[table].filter((row) => rowId(table, row).includes(q.trim().toLowerCase()));
  const changed = new Set(
    draft.changes.flatMap((change) =>
      change.table === table ? [`${change.id} ${change.path.join(" ")}`] : [],
    ),
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <ClaimSwitch onChange={(next) => void setSearch({ claim: next })} value={claim} />
        <Input
          aria-label="Find a row"
          className="w-64"
          onChange={(event) => void setSearch({ q: event.target.value || null }, { history: "replace" })}
          placeholder="Find a row"
          type="search"
          value={q}
        />
      </div>
      <div className="overflow-hidden rounded-md border bg-surface">
        {rows.length === 0 ? (
          <Empty kind="no-match" title="No row has this in its name" />
        ) : (
          <CellMatrix
            caption={`${table} by region`}
            firstColumn={firstColumns[table]}
            isChanged={(id, code) => changed.has(`${id} ${claim} ${code}`)}
            onOpen={(id, code) => void setSearch({ row: id, region: code })}
            open={openId === null ? null : { id: openId, region }}
            regions={catalog.regions}
            rows={rows.map((row) => {
              const id = rowId(table, row);
              return {
                id,
                name: "title" in row ? row.title : id,
                title:
                  "title" in row ? (
                    <span className="block truncate">{row.title}</span>
                  ) : (
                    <span className="block truncate font-mono text-xs" title={id}>
                      {id}
                    </span>
                  ),
                cell: (code: string) => cellAt(row, claim, code),
              };
            })}
          />
        )}
      </div>
      <CellLegend />
    </div>
  );
}

const firstColumns: Readonly<Record<CelledTable, string>> = {
  endpoints: "Endpoint",
  features: "Feature or tool",
  models: "Model",
};
