import type { ModelPageState } from "../../lib/contracts/catalog-parsers.ts";
import type { ModelsPage } from "../../lib/contracts/models.ts";
import type { Catalog, ModelRow, RegionRow } from "../../lib/core/regions/catalog.ts";
import { type MatrixAnswer, matrixCell } from "../../lib/core/regions/matrix-cell.ts";

/** One name that the catalog, the provider or the record has. */
export type ModelLine = {
  readonly id: string;
  /** null: in no row of the catalog. */
  readonly row: ModelRow | null;
  /** Regions through whose hosts the provider lists it; null: it was never asked. */
  readonly listedIn: readonly string[] | null;
  readonly used: readonly { readonly region: string; readonly calls: number }[];
  readonly usedCalls: number;
  /** The provider's own `shutdown_date`, where one of its lists says one. */
  readonly listedEnd: string | null;
};

/**
 * Every name of the three: what is used and in no row first, then the catalog in its order, then what only the provider lists.
 * Names are never guessed from each other.
 */
export function modelLines(catalog: Catalog, page: ModelsPage | undefined): ModelLine[] {
  const listed = new Map<string, Set<string>>();
  const ends = new Map<string, string>();
  for (const { region, models } of countedListings(page))
    for (const { id, shutdownOn } of models) {
      listed.set(id, (listed.get(id) ?? new Set()).add(region));
      if (shutdownOn !== null) ends.set(id, shutdownOn);
    }
  const asked = (page?.listings.length ?? 0) > 0;
  const used = Map.groupBy(page?.used ?? [], ({ model }) => model);
  const known = new Map(catalog.models.map((row) => [row.id, row]));
  const others = [...new Set([...listed.keys(), ...used.keys()])].filter((id) => !known.has(id)).sort();
  const isUsed = (id: string) => used.has(id);
  const ordered = [...others.filter(isUsed), ...known.keys(), ...others.filter((id) => !isUsed(id))];
  return ordered.map((id) => {
    const uses = used.get(id) ?? [];
    return {
      id,
      row: known.get(id) ?? null,
      listedIn: asked ? [...(listed.get(id) ?? [])].sort() : null,
      used: uses.map(({ region, calls }) => ({ region, calls })),
      usedCalls: uses.reduce((sum, { calls }) => sum + calls, 0),
      listedEnd: ends.get(id) ?? null,
    };
  });
}

/** A simulated provider's lists say nothing of the real one: they count only where no other was read. */
export function countedListings(page: ModelsPage | undefined): ModelsPage["listings"] {
  const listings = page?.listings ?? [];
  const live = listings.filter(({ simulated }) => !simulated);
  return live.length > 0 ? live : listings;
}

export type ShownLine = ModelLine & { readonly answers: ReadonlyMap<string, MatrixAnswer> };

/** The lines that the filters leave, each with its answer per shown region. */
export function shownLines(
  lines: readonly ModelLine[],
  regions: readonly RegionRow[],
  state: ModelPageState,
  catalog: Catalog,
): ShownLine[] {
  const { claim, endpoint, feature } = state;
  const q = state.q.trim().toLowerCase();
  return lines
    .filter(({ id }) => id.toLowerCase().includes(q))
    .filter(({ row }) => endpoint === null || row === null || row.endpoints.includes(endpoint))
    .filter((line) => matchesListed(line, state.listed))
    .map((line) => ({
      ...line,
      answers: new Map(
        regions.map(({ code }) => [
          code,
          matrixCell({ model: line.id, region: code, claim, endpoint, feature }, catalog),
        ]),
      ),
    }))
    .filter(
      ({ answers }) =>
        state.state.length === 0 ||
        [...answers.values()].some((answer) => state.state.includes(answer.state)),
    );
}

function matchesListed({ row, listedIn, usedCalls }: ModelLine, filter: ModelPageState["listed"]): boolean {
  const isListed = (listedIn?.length ?? 0) > 0;
  switch (filter) {
    case "both":
      return row !== null && isListed;
    case "provider_only":
      return row === null && isListed;
    case "catalog_only":
      return row !== null && !isListed;
    case "used":
      return usedCalls > 0;
    case null:
      return true;
  }
}
