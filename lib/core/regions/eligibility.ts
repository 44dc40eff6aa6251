import type { Catalog, CellState, EndpointRow, FeatureRow, ModelRow, RegionCode } from "./catalog.ts";
import { indexOf } from "./catalog-index.ts";

export function findEndpoint(path: string | null, catalog: Catalog): EndpointRow | null {
  return path === null ? null : (indexOf(catalog).endpoints.get(path) ?? null);
}

/** A feature's row; where a catalog is older than that, the row of the one that it is a way of using. */
export function findFeature(id: string, catalog: Catalog): FeatureRow | null {
  const { features } = indexOf(catalog);
  return features.get(id) ?? features.get(broaderFeature(id) ?? id) ?? null;
}

/** The feature that another one is a way of using: what is said of it, or denied, is said of both. */
export function broaderFeature(id: string): string | null {
  return id === "inline_file" ? "file_upload" : null;
}

/** State of a prompt that is kept where inference runs, beyond memory. An endpoint's own row covers it where no other does. */
export const extendedCaching = "extended_prompt_caching";

/** The features that a model uses whether or not it is asked to. */
export function featuresOfModel(model: string, catalog: Catalog): readonly FeatureRow[] {
  const name = readModelName(model, catalog);
  return name.kind === "listed" ? (indexOf(catalog).featuresOfModels.get(name.row.id) ?? none) : none;
}

const none: readonly FeatureRow[] = [];

/** What a name stands for in the provider's list. An `alias` resolves to a snapshot we are not told of, one of these or none listed. */
export type ModelName =
  | { readonly kind: "listed"; readonly row: ModelRow }
  | { readonly kind: "alias"; readonly snapshots: readonly ModelRow[] }
  | { readonly kind: "fine_tuned" }
  | { readonly kind: "unlisted" };

/**
 * Looks a model name up. `gpt-4o` is an alias because `gpt-4o-2024-08-06` is listed: which snapshot it
 * meant is known from the answer, or from a row that records what the alias stands for. A fine-tuned model
 * has no row of its own.
 */
export function readModelName(model: string, catalog: Catalog): ModelName {
  const { models, aliases, snapshots } = indexOf(catalog);
  const row = models.get(model) ?? aliases.get(model);
  if (row) return { kind: "listed", row };
  if (model.startsWith("ft:")) return { kind: "fine_tuned" };
  const rows = snapshots.get(model);
  return rows === undefined ? { kind: "unlisted" } : { kind: "alias", snapshots: rows };
}

/** `gpt-4o-2024-08-06` of `gpt-4o`, `gpt-4-0613` of `gpt-4`: the alias and a date. */
export function isSnapshotOf(model: string, alias: string): boolean {
  return model.startsWith(`${alias}-`) && /^\d{4}(?:-\d{2}-\d{2})?$/.test(model.slice(alias.length + 1));
}

/**
 * True where a listed name without a date was asked for and a snapshot of it answered: `gpt-5.6-sol-2026-07-01` of
 * `gpt-5.6-sol`, `omni-moderation-2024-09-26` of `omni-moderation-latest`. The provider lists these under the name alone.
 */
export function isSnapshotOfListed(answered: string, asked: string, catalog: Catalog): boolean {
  return indexOf(catalog).models.has(asked) && isSnapshotOf(answered, asked.replace(/-latest$/, ""));
}

/** True when the endpoint runs models of the list at all; files and vector stores do not. */
export function takesModel(path: string | null, catalog: Catalog): boolean {
  return path !== null && indexOf(catalog).modelEndpoints.has(path);
}

/** Whether the model is processed in the region through this endpoint; of an alias, whether any snapshot of it may be. */
export function modelProcessing(
  model: string,
  endpoint: EndpointRow,
  region: RegionCode,
  catalog: Catalog,
): CellState {
  return stateOfName(model, catalog, (row) => {
    if (!row.endpoints.includes(endpoint.path)) return "unlisted";
    const closedList = endpoint.processingModels[region];
    if (closedList && !closedList.includes(row.id)) return "no";
    return row.processing[region]?.state ?? "unknown";
  });
}

/** Whether what the model leaves behind is stored in the region through this endpoint; of an alias, whether that of any snapshot may be. */
export function modelStorage(
  model: string,
  endpoint: EndpointRow,
  region: RegionCode,
  catalog: Catalog,
): CellState {
  return stateOfName(model, catalog, (row) =>
    row.endpoints.includes(endpoint.path) ? (row.storage[region]?.state ?? "unknown") : "unlisted",
  );
}

/**
 * What the rows behind a name say. Which snapshot an alias means is not known, so it is never a yes; but where all that
 * are listed are excluded, whatever answers is excluded, for a snapshot that is not listed is so, too.
 */
export function stateOfName(
  model: string,
  catalog: Catalog,
  stateOf: (row: ModelRow) => CellState,
): CellState {
  const name = readModelName(model, catalog);
  switch (name.kind) {
    case "listed":
      return stateOf(name.row);
    case "unlisted":
      return "unlisted";
    case "fine_tuned":
      return "unknown";
    case "alias": {
      const states = name.snapshots.map(stateOf);
      if (states.includes("yes") || states.includes("unknown")) return "unknown";
      return states.includes("unlisted") ? "unlisted" : "no";
    }
  }
}

/**
 * True for hosts that are an entry to the provider's network and no promise of where inference runs
 * (OpenAI, Private Link guide, read 2026-11-22: it depends on the project).
 */
export function isEntryOnly(host: string, catalog: Catalog): boolean {
  return indexOf(catalog).hosts.get(host)?.transport === "private_link";
}

export type TierEligibility = "eligible" | "excluded" | "unknown";

/**
 * Whether the service tier may be used in the region. A project can be set to run in fast mode without
 * the request saying so, so where fast mode is excluded a tier that nobody named is unknown. Ultrafast has
 * to be asked for (OpenAI Node SDK 7.57.0, `service_tier`).
 */
export function tierEligibility(
  model: string,
  tier: string | null,
  region: RegionCode,
  catalog: Catalog,
): TierEligibility {
  const name = readModelName(model, catalog);
  const excluded = name.kind === "listed" ? (name.row.excludedTiers[region] ?? []) : [];
  if (tier === null || tier === "auto") return excluded.includes("fast") ? "unknown" : "eligible";
  return excluded.includes(tier) ? "excluded" : "eligible";
}
