import type { Catalog } from "../core/regions/catalog.ts";
import { executeSql, querySql } from "./with-tenant.ts";

/** Read by catalogOf: a catalog that calls were judged by. */
export async function findCatalog(version: number): Promise<Catalog | null> {
  const [row] = await querySql<{ body: Catalog }>("SELECT body FROM catalog_version WHERE version = $1", [
    version,
  ]);
  return row?.body ?? null;
}

/** Read by adoptCatalog: what is stored under the number, after this program's own is there. */
export async function keepCatalog(catalog: {
  version: number;
  asOf: string;
  sha256: string;
  body: string;
}): Promise<string> {
  await executeSql(
    `INSERT INTO catalog_version (version, as_of, sha256, body) VALUES ($1, $2, $3, $4) ON CONFLICT (version) DO NOTHING`,
    [catalog.version, catalog.asOf, catalog.sha256, catalog.body],
  );
  const [row] = await querySql<{ sha256: string }>("SELECT sha256 FROM catalog_version WHERE version = $1", [
    catalog.version,
  ]);
  if (!row) throw new Error("The catalog was not kept.");
  return row.sha256;
}
