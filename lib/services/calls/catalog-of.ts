import type { Catalog } from "../../core/regions/catalog.ts";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { findCatalog } from "../../db/catalog-version.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";

/** The catalog of a number: this program's own, or an older one as it was adopted. Kept for good. */
export async function catalogOf(version: number): Promise<Catalog> {
  if (version === openaiCatalog.version) return openaiCatalog;
  const known = kept.get(version) ?? (await findCatalog(version));
  if (!known) throw new Error(`There is no catalog version ${version}.`);
  kept.set(version, known);
  return known;
}

const kept = new Map<number, Catalog>();

/** Hex: what entries name a catalog by, beside its number. The same that was kept when it was adopted. */
export function catalogSha256(catalog: Catalog): string {
  const known = hashes.get(catalog) ?? sha256Hex(canonicalJson(catalog));
  hashes.set(catalog, known);
  return known;
}

const hashes = new WeakMap<Catalog, string>();
