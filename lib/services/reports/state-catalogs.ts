import type { Catalog } from "../../core/regions/catalog.ts";
import { completeCatalog } from "../../core/regions/complete-catalog.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import { catalogVersionRows, findEdition } from "../../db/catalog-version.ts";
import { changesBetween } from "../catalog/read-draft.ts";

export type CatalogInPack = { readonly version: number; readonly sha256: string; readonly catalog: Catalog };

/** So many places are listed of a version; how many there are is said. A whole other table is an import. */
const listedMax = 1_000;
const lettersMax = 400;

/** In which places the catalogs of a pack say otherwise than the edition on which they stand, and who published them. */
export async function stateCatalogs(
  catalogs: readonly CatalogInPack[],
): Promise<NonNullable<StatedReport["criteria"]["catalogs"]>> {
  const rows = new Map(
    (await catalogVersionRows(catalogs.map(({ version }) => version))).map((row) => [row.version, row]),
  );
  return Promise.all(
    catalogs.map(async ({ version, sha256, catalog }) => {
      const row = rows.get(version);
      const edition = await findEdition(catalog.edition);
      // A deployment keeps every edition that it stood on; of one that it did not keep nobody can say what it said.
      const changes = edition === null ? null : changesBetween(completeCatalog(edition), catalog);
      const words = changes?.map(({ sentence, effect }) => wordsOf(effect, sentence)) ?? [];
      return {
        version,
        sha256,
        edition: catalog.edition,
        published_by: row?.publishedBy ?? null,
        approved_by: row?.approvedBy ?? null,
        reason: row?.reason || null,
        differences:
          changes === null
            ? { not_covered: `Edition ${catalog.edition} was not kept.` }
            : { count: changes.length, rows: words.slice(0, listedMax) },
      };
    }),
  );
}

function wordsOf(effect: "widens" | "tightens" | "alters", sentence: string): string {
  const letters = [...sentence];
  const short = letters.length <= lettersMax ? sentence : `${letters.slice(0, lettersMax - 1).join("")}…`;
  return effect === "widens" ? `Widens: ${short}` : short;
}
