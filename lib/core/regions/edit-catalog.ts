import type { Catalog, Cell, RegionCode } from "./catalog.ts";
import {
  type CatalogRow,
  type CatalogTable,
  type CellClaim,
  type CelledTable,
  findRow,
  rowId,
} from "./catalog-tables.ts";

/** One change of a draft. The last one about a place wins. */
export type CatalogEdit =
  | {
      readonly kind: "set_cell";
      readonly table: CelledTable;
      readonly id: string;
      readonly claim: CellClaim;
      readonly region: RegionCode;
      readonly cell: Cell;
    }
  /** Adds the row, or puts it in the place of the one with its name. */
  | {
      [Table in CatalogTable]: {
        readonly kind: "put";
        readonly table: Table;
        readonly row: CatalogRow<Table>;
      };
    }[CatalogTable]
  | { readonly kind: "remove"; readonly table: CatalogTable; readonly id: string };

/** The draft: the catalog with the edits in it. A cell of a row that does not exist changes nothing. */
export function editCatalog(catalog: Catalog, edits: readonly CatalogEdit[]): Catalog {
  return edits.reduce(editOnce, catalog);
}

function editOnce(catalog: Catalog, edit: CatalogEdit): Catalog {
  const rows: readonly CatalogRow[] = catalog[edit.table];
  switch (edit.kind) {
    case "set_cell": {
      const { table, claim, region, cell } = edit;
      const next = catalog[table].map((row) =>
        rowId(table, row) === edit.id ? { ...row, [claim]: { ...row[claim], [region]: cell } } : row,
      );
      return { ...catalog, [table]: next };
    }
    case "put": {
      const id = rowId(edit.table, edit.row);
      const known = findRow(catalog, { table: edit.table, id });
      const next = known ? rows.map((row) => (row === known ? edit.row : row)) : [...rows, edit.row];
      return { ...catalog, [edit.table]: next };
    }
    case "remove":
      return { ...catalog, [edit.table]: rows.filter((row) => rowId(edit.table, row) !== edit.id) };
  }
}
