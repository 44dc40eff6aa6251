import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { keepCatalog } from "../../db/catalog-version.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";

/** Another program kept another table under this catalog's number. Numbers are never used twice. */
export class CatalogMismatch extends Error {
  override readonly name = "CatalogMismatch";
}

/** Call at the start of every process that judges: keeps this program's catalog under its number, once. */
export async function adoptCatalog(): Promise<void> {
  const body = canonicalJson(openaiCatalog);
  const sha256 = sha256Hex(body);
  const { version, asOf } = openaiCatalog;
  if ((await keepCatalog({ version, asOf, sha256, body })) !== sha256)
    throw new CatalogMismatch(`Catalog version ${version} is kept with another content.`);
}
