"use client";

import { useMemo, useState } from "react";
import type { CatalogChangeItem } from "../../lib/contracts/catalog.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { changeEffect } from "../../lib/core/regions/change-effect.ts";
import { type CatalogProblem, catalogProblems } from "../../lib/core/regions/check-catalog.ts";
import { compareCatalogs } from "../../lib/core/regions/compare-catalogs.ts";
import { describeChange } from "../../lib/core/regions/describe-change.ts";
import { type CatalogEdit, editCatalog } from "../../lib/core/regions/edit-catalog.ts";

export type CatalogDraftState = {
  readonly edits: readonly CatalogEdit[];
  /** The catalog with the edits in it: what the page shows. */
  readonly draft: Catalog;
  readonly changes: readonly CatalogChangeItem[];
  readonly problems: readonly CatalogProblem[];
  add(...edits: CatalogEdit[]): void;
  discard(): void;
};

/** Changes that are not published yet. They live in this page alone, which asks before it is left. */
export function useCatalogDraft(catalog: Catalog): CatalogDraftState {
  const [edits, setEdits] = useState<readonly CatalogEdit[]>([]);
  const derived = useMemo(() => {
    const draft = editCatalog(catalog, edits);
    const changes = compareCatalogs(catalog, draft).map((change) => ({
      table: change.table,
      id: change.id,
      path: change.path,
      ...describeChange(change, { ...draft, regions: [...draft.regions, ...catalog.regions] }),
      effect: changeEffect(change, catalog, draft),
    }));
    return { draft, changes, problems: changes.length === 0 ? [] : catalogProblems(draft) };
  }, [catalog, edits]);
  return {
    edits,
    ...derived,
    add: (...more) => setEdits((known) => [...known, ...more]),
    discard: () => setEdits([]),
  };
}
