import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { keepEdition, keepFirstVersion } from "../../db/catalog-version.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";

/** Another program kept another table under this edition's number. Numbers are never used twice. */
export class CatalogMismatch extends Error {
  override readonly name = "CatalogMismatch";
}

/**
 * Call at the start of every process that judges: keeps this program's table under its edition. A new deployment begins
 * with it as its version 1; an older one goes on with what it published, and is offered the edition.
 */
export async function adoptCatalog(): Promise<void> {
  const body = canonicalJson(openaiCatalog);
  const sha256 = sha256Hex(body);
  const { edition, asOf } = openaiCatalog;
  await keepFirstVersion({ asOf, sha256, edition, body });
  if ((await keepEdition({ edition, sha256, body })) !== sha256)
    throw new CatalogMismatch(`Edition ${edition} of the catalog is kept with another content.`);
}
