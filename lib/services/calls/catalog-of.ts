import type { Catalog } from "../../core/regions/catalog.ts";
import { completeCatalog } from "../../core/regions/complete-catalog.ts";
import { findCatalog } from "../../db/catalog-version.ts";
import { perDatabase } from "../../db/per-database.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";

/** The catalog of a number as it was published. Versions never change, so what was read once is kept. */
export async function catalogOf(version: number): Promise<Catalog> {
  const kept = keptHere();
  const known = kept.get(version);
  if (known) return known;
  const found = await findCatalog(version);
  if (!found) throw new Error(`There is no catalog version ${version}.`);
  const catalog = { ...completeCatalog(found.body), version };
  kept.set(version, catalog);
  hashes.set(catalog, found.sha256);
  return catalog;
}

const keptHere = perDatabase(() => new Map<number, Catalog>());

/** Hex: what entries name a catalog by, beside its number. The same that was kept when it was published. */
export function catalogSha256(catalog: Catalog): string {
  const known = hashes.get(catalog) ?? sha256Hex(canonicalJson(catalog));
  hashes.set(catalog, known);
  return known;
}

const hashes = new WeakMap<Catalog, string>();
