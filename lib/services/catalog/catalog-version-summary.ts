import type { CatalogVersionSummary } from "../../contracts/catalog.ts";
import type { CatalogVersionRow } from "../../db/catalog-version.ts";

export function catalogVersionSummary({ publishedAt, ...row }: CatalogVersionRow): CatalogVersionSummary {
  return { ...row, publishedAt: publishedAt.toISOString() };
}
