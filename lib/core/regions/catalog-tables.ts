import type { Catalog, Cell, RegionCode } from "./catalog.ts";

/** The parts of a catalog that hold rows, in the order in which people read them. */
export const catalogTables = [
  "regions",
  "hosts",
  "lookalikes",
  "endpoints",
  "features",
  "models",
  "aliases",
  "sources",
] as const;

export type CatalogTable = (typeof catalogTables)[number];

export type CatalogRow<Table extends CatalogTable = CatalogTable> = Catalog[Table][number];

export type RowRef = { readonly table: CatalogTable; readonly id: string };

/** Tables that hold a cell per region for storage and for processing. */
export const celledTables = ["endpoints", "features", "models"] as const;
export type CelledTable = (typeof celledTables)[number];
export type CelledRow = Catalog[CelledTable][number];
export type CellClaim = "storage" | "processing";

/** What names a row within its table. */
export function rowId(table: CatalogTable, row: CatalogRow): string {
  const key = keys[table];
  const id = (row as Readonly<Record<string, unknown>>)[key];
  return typeof id === "string" ? id : "";
}

export function findRow(catalog: Catalog, { table, id }: RowRef): CatalogRow | null {
  const rows: readonly CatalogRow[] = catalog[table];
  return rows.find((row) => rowId(table, row) === id) ?? null;
}

export function isCelledTable(table: CatalogTable): table is CelledTable {
  return (celledTables as readonly CatalogTable[]).includes(table);
}

/** The row's cell; a region the row says nothing of is unknown, and has none. */
export function cellAt(row: CelledRow, claim: CellClaim, region: RegionCode): Cell | null {
  return row[claim][region] ?? null;
}

const keys: Readonly<Record<CatalogTable, string>> = {
  regions: "code",
  hosts: "host",
  lookalikes: "host",
  endpoints: "path",
  features: "id",
  models: "id",
  aliases: "alias",
  sources: "id",
};
