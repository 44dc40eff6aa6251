import type { Catalog } from "../../core/regions/catalog.ts";
import { type CatalogVersionRow, newestVersion } from "../../db/catalog-version.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { adoptCatalog } from "../deployment/adopt-catalog.ts";

/** The newest published catalog: what the next call is planned and judged by. */
export async function currentCatalog(): Promise<Catalog> {
  const { version } = await currentVersion();
  return catalogOf(version);
}

/** The same without its cells. A deployment that has none yet begins with the shipped one. */
export async function currentVersion(): Promise<CatalogVersionRow> {
  const newest = await newestVersion();
  if (newest) return newest;
  await adoptCatalog();
  const first = await newestVersion();
  if (!first) throw new Error("There is no catalog, and none could be adopted.");
  return first;
}
