import type { Catalog } from "./catalog.ts";
import { type CatalogRow, catalogTables, type RowRef, rowId } from "./catalog-tables.ts";
import { sameValue } from "./compare-catalogs.ts";

/** A named person's word that the row reads as the provider's page does, on that day (UTC). */
export type Confirmation = { readonly name: string; readonly on: string };

/** After so many days a confirmed row is due again. */
export const confirmAgainDays = 30;

/** The catalog with the confirmations of rows in every statement of these rows. */
export function withConfirmations(
  catalog: Catalog,
  confirmationOf: (ref: RowRef) => Confirmation | null,
): Catalog {
  const tables = Object.fromEntries(
    catalogTables.map((table) => [
      table,
      (catalog[table] as readonly CatalogRow[]).map((row) => {
        const confirmation = confirmationOf({ table, id: rowId(table, row) });
        return confirmation === null ? row : stamp(row, confirmation);
      }),
    ]),
  );
  return { ...catalog, ...tables } as Catalog;
}

/**
 * A confirmation belongs to the words it was given for: what changed since carries none.
 *
 * trust: `proposed` may come from a file, and a file does not say who looked at what here.
 */
export function keepConfirmations(proposed: Catalog, before: Catalog): Catalog {
  const tables = Object.fromEntries(
    catalogTables.map((table) => {
      const known = new Map((before[table] as readonly CatalogRow[]).map((row) => [rowId(table, row), row]));
      return [
        table,
        (proposed[table] as readonly CatalogRow[]).map((row) => {
          const old = known.get(rowId(table, row));
          return old !== undefined && sameValue(old, row) ? old : stamp(row, null);
        }),
      ];
    }),
  );
  return { ...proposed, ...tables } as Catalog;
}

export type RowDue = RowRef & {
  /** Oldest confirmation among the row's statements; null where one was never confirmed. */
  readonly confirmedOn: string | null;
  readonly confirmedBy: string | null;
};

/**
 * Rows with a statement that nobody confirmed since the day `oldest`, never confirmed ones first. `oldest` lies
 * `confirmAgainDays` back.
 */
export function rowsDue(catalog: Catalog, oldest: string): RowDue[] {
  const due = catalogTables.flatMap((table) =>
    (catalog[table] as readonly CatalogRow[]).flatMap((row): RowDue[] => {
      const confirmation = rowConfirmation(row);
      if (confirmation === undefined || (confirmation !== null && confirmation.on >= oldest)) return [];
      const ref = { table, id: rowId(table, row) };
      return [{ ...ref, confirmedOn: confirmation?.on ?? null, confirmedBy: confirmation?.name ?? null }];
    }),
  );
  return due.toSorted((a, b) => (a.confirmedOn ?? "").localeCompare(b.confirmedOn ?? ""));
}

/** The oldest confirmation in the row; null where a statement has none, undefined where the row states nothing. */
export function rowConfirmation(row: CatalogRow): Confirmation | null | undefined {
  const given = confirmationsIn(row);
  if (given.length === 0) return undefined;
  return given.reduce((a, b) => (a === null || b === null ? null : a.on <= b.on ? a : b));
}

function confirmationsIn(value: unknown): (Confirmation | null)[] {
  if (Array.isArray(value)) return value.flatMap(confirmationsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === "confirmedBy" ? [member as Confirmation | null] : confirmationsIn(member),
  );
}

function stamp<Value>(value: Value, confirmation: Confirmation | null): Value {
  if (Array.isArray(value)) return value.map((each: unknown) => stamp(each, confirmation)) as Value;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === "confirmedBy" ? confirmation : stamp(member, confirmation),
  ]);
  return Object.fromEntries(members) as Value;
}
