import type { Catalog } from "../../core/regions/catalog.ts";
import { type CatalogRow, findRow } from "../../core/regions/catalog-tables.ts";
import { withConfirmations } from "../../core/regions/confirmations.ts";
import { newestConfirmations } from "../../db/catalog-confirmation.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";

/** The catalog with the confirmations that were given for its rows as they read now. */
export async function confirmedCatalog(catalog: Catalog): Promise<Catalog> {
  const given = new Map(
    (await newestConfirmations()).map((row) => [keyOf(row.rowTable, row.rowId), row] as const),
  );
  if (given.size === 0) return catalog;
  return withConfirmations(catalog, (ref) => {
    const word = given.get(keyOf(ref.table, ref.id));
    const row = word && findRow(catalog, ref);
    // null leaves what the row already carries.
    if (!word || !row || rowSha256(row) !== word.rowSha256) return null;
    return { name: word.personName, on: word.at.toISOString().slice(0, 10) };
  });
}

/** Hex, of the row without its confirmations: two rows of one hash say the same. */
export function rowSha256(row: CatalogRow): string {
  return sha256Hex(canonicalJson(unconfirmed(row)));
}

function unconfirmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unconfirmed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      name === "confirmedBy" ? [] : [[name, unconfirmed(member)] as const],
    ),
  );
}

function keyOf(table: string, id: string): string {
  return `${table} ${id}`;
}
