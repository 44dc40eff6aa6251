import { isObject } from "../is-object.ts";
import type { Catalog } from "./catalog.ts";
import { type CatalogRow, type CatalogTable, catalogTables, rowId } from "./catalog-tables.ts";
import { sameValue } from "./compare-catalogs.ts";

/** A place that both the deployment and the new edition changed. */
export type MergeConflict = {
  readonly table: CatalogTable;
  readonly id: string;
  readonly path: readonly string[];
};

/**
 * A newer edition with what this deployment changed kept: three ways, `base` being the edition the deployment stands
 * on. Where both changed the same place, ours stays and is named.
 */
export function mergeCatalogs(
  base: Catalog,
  ours: Catalog,
  shipped: Catalog,
): { readonly merged: Catalog; readonly conflicts: readonly MergeConflict[] } {
  const conflicts: MergeConflict[] = [];
  const tables = Object.fromEntries(
    catalogTables.map((table) => {
      const rows = mergeRows(table, base[table], ours[table], shipped[table], (id, path) =>
        conflicts.push({ table, id, path }),
      );
      return [table, rows];
    }),
  );
  const merged = { ...shipped, ...tables, version: ours.version, edition: shipped.edition } as Catalog;
  return { merged, conflicts };
}

type OnConflict = (id: string, path: readonly string[]) => void;

function mergeRows(
  table: CatalogTable,
  base: readonly CatalogRow[],
  ours: readonly CatalogRow[],
  shipped: readonly CatalogRow[],
  onConflict: OnConflict,
): CatalogRow[] {
  const byId = (rows: readonly CatalogRow[]) => new Map(rows.map((row) => [rowId(table, row), row]));
  const [inBase, inOurs, inShipped] = [byId(base), byId(ours), byId(shipped)];
  const ids = [...new Set([...inOurs.keys(), ...inShipped.keys()])];
  return ids.flatMap((id) => {
    const merged = mergeValue(inBase.get(id), inOurs.get(id), inShipped.get(id), [], (path) =>
      onConflict(id, path),
    );
    return merged === undefined ? [] : [merged as CatalogRow];
  });
}

function mergeValue(
  base: unknown,
  ours: unknown,
  shipped: unknown,
  path: readonly string[],
  onConflict: (path: readonly string[]) => void,
): unknown {
  if (sameValue(ours, shipped) || sameValue(base, shipped)) return ours;
  if (sameValue(base, ours)) return shipped;
  if (isRecord(ours) && isRecord(shipped) && (base === undefined || isRecord(base))) {
    const names = [...new Set([...Object.keys(ours), ...Object.keys(shipped)])];
    const members = names.flatMap((name) => {
      const value = mergeValue(base?.[name], ours[name], shipped[name], [...path, name], onConflict);
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(members);
  }
  onConflict(path);
  return ours;
}

/** Members are merged one by one; a cell or another statement is taken whole, with its source. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false;
  return !("sourceId" in value) || "host" in value;
}
