import { isObject } from "../is-object.ts";
import type { Catalog } from "./catalog.ts";
import { type CatalogRow, type CatalogTable, catalogTables, rowId } from "./catalog-tables.ts";

/** One difference: a row that came or went, or a member of a row that reads otherwise. */
export type CatalogChange = {
  readonly table: CatalogTable;
  readonly id: string;
  /** Where in the row: `["processing", "jp"]`. Empty: the row itself came or went. */
  readonly path: readonly string[];
  /** Absent where the row or member is new. */
  readonly before?: unknown;
  /** Absent where it is gone. */
  readonly after?: unknown;
};

/** What differs, in the order of the tables and their rows. Version number, date and confirmations are no difference. */
export function compareCatalogs(before: Catalog, after: Catalog): CatalogChange[] {
  return catalogTables.flatMap((table) => compareRows(table, before[table], after[table]));
}

function compareRows(
  table: CatalogTable,
  before: readonly CatalogRow[],
  after: readonly CatalogRow[],
): CatalogChange[] {
  const known = new Map(before.map((row) => [rowId(table, row), row]));
  const kept = new Set(after.map((row) => rowId(table, row)));
  const changed = after.flatMap((row): CatalogChange[] => {
    const id = rowId(table, row);
    const old = known.get(id);
    if (old === undefined) return [{ table, id, path: [], after: row }];
    return compareValues(old, row, []).map((difference) => ({ table, id, ...difference }));
  });
  const gone = before.flatMap((row): CatalogChange[] => {
    const id = rowId(table, row);
    return kept.has(id) ? [] : [{ table, id, path: [], before: row }];
  });
  return [...changed, ...gone];
}

type Difference = Pick<CatalogChange, "path" | "before" | "after">;

/** Members of an object are compared one by one, but what states one thing with its basis is one. */
function compareValues(before: unknown, after: unknown, path: readonly string[]): Difference[] {
  if (sameValue(before, after)) return [];
  if (!isObject(before) || !isObject(after) || isStatement(before) || isStatement(after)) {
    return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    name === "confirmedBy" ? [] : compareValues(before[name], after[name], [...path, name]),
  );
}

/** A cell, a shutdown, a basis: shown whole, since a state without its source says little. */
function isStatement(value: Readonly<Record<string, unknown>>): boolean {
  return "sourceId" in value && !("host" in value);
}

/** Equal but for who confirmed it. Order of members does not count, order of lists does. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, at) => sameValue(each, b[at]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  names.delete("confirmedBy");
  return [...names].every((name) => sameValue(a[name], b[name]));
}
