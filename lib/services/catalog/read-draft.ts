import type { CatalogChangeItem, CatalogDraft } from "../../contracts/catalog.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { changeEffect } from "../../core/regions/change-effect.ts";
import { compareCatalogs } from "../../core/regions/compare-catalogs.ts";
import { completeCatalog } from "../../core/regions/complete-catalog.ts";
import { keepConfirmations } from "../../core/regions/confirmations.ts";
import { describeChange } from "../../core/regions/describe-change.ts";
import { editCatalog } from "../../core/regions/edit-catalog.ts";
import { type MergeConflict, mergeCatalogs } from "../../core/regions/merge-catalogs.ts";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { findEdition } from "../../db/catalog-version.ts";
import { Refusal } from "../refusal.ts";

export type ReadDraft = { readonly proposed: Catalog; readonly conflicts: readonly MergeConflict[] };

/**
 * The catalog a draft stands for. `current` carries the confirmations of its rows; what a draft changes loses them.
 *
 * trust: the draft comes from outside. Number, edition and confirmations are ours, not its.
 */
export async function readDraft(draft: CatalogDraft, current: Catalog): Promise<ReadDraft> {
  const { proposed, conflicts } = await propose(draft, current);
  return { proposed: keepConfirmations(proposed, current), conflicts };
}

async function propose(draft: CatalogDraft, current: Catalog): Promise<ReadDraft> {
  switch (draft.kind) {
    case "edits":
      return { proposed: editCatalog(current, draft.edits), conflicts: [] };
    case "import":
      return {
        proposed: { ...draft.catalog, version: current.version, edition: current.edition },
        conflicts: [],
      };
    case "edition":
      return mergeEdition(current);
  }
}

async function mergeEdition(current: Catalog): Promise<ReadDraft> {
  if (openaiCatalog.edition <= current.edition)
    throw new Refusal("conflict", "This catalog already stands on the table that came with the program.");
  const base = await findEdition(current.edition);
  if (!base) throw new Error(`Edition ${current.edition} of the catalog was not kept.`);
  const { merged, conflicts } = mergeCatalogs(completeCatalog(base), current, openaiCatalog);
  return { proposed: merged, conflicts };
}

/** The differences as people read them. */
export function changesBetween(before: Catalog, after: Catalog): CatalogChangeItem[] {
  // Sources and regions that came new are named by the newer one, those that went by the older.
  const names: Catalog = {
    ...after,
    regions: [...after.regions, ...before.regions],
    sources: [...after.sources, ...before.sources],
    features: [...after.features, ...before.features],
  };
  return compareCatalogs(before, after).map((change) => ({
    table: change.table,
    id: change.id,
    path: change.path,
    ...describeChange(change, names),
    effect: changeEffect(change, before, after),
  }));
}
