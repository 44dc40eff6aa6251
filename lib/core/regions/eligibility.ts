import type { Catalog, CellState, EndpointRow, FeatureRow, ModelRow, RegionCode } from "./catalog.ts";
import { indexOf } from "./catalog-index.ts";

export function findEndpoint(path: string | null, catalog: Catalog): EndpointRow | null {
  return path === null ? null : (indexOf(catalog).endpoints.get(path) ?? null);
}

export function findFeature(id: string, catalog: Catalog): FeatureRow | null {
  return indexOf(catalog).features.get(id) ?? null;
}

/** What a name stands for in the provider's list. An `alias` resolves to a snapshot we are not told of. */
export type ModelName =
  | { readonly kind: "listed"; readonly row: ModelRow }
  | { readonly kind: "alias" }
  | { readonly kind: "fine_tuned" }
  | { readonly kind: "unlisted" };

/**
 * Looks a model name up. `gpt-4o` is an alias because `gpt-4o-2024-08-06` is listed: which snapshot it
 * meant is known from the answer, or from a row that records what the alias stands for. A fine-tuned model
 * has no row of its own.
 */
export function readModelName(model: string, catalog: Catalog): ModelName {
  const { models, aliases, stems } = indexOf(catalog);
  const row = models.get(model) ?? aliases.get(model);
  if (row) return { kind: "listed", row };
  if (model.startsWith("ft:")) return { kind: "fine_tuned" };
  return stems.has(model) ? { kind: "alias" } : { kind: "unlisted" };
}

/** `gpt-4o-2024-08-06` of `gpt-4o`, `gpt-4-0613` of `gpt-4`: the alias and a date. */
export function isSnapshotOf(model: string, alias: string): boolean {
  return model.startsWith(`${alias}-`) && /^\d{4}(?:-\d{2}-\d{2})?$/.test(model.slice(alias.length + 1));
}

/** True when the endpoint runs models of the list at all; files and vector stores do not. */
export function takesModel(path: string | null, catalog: Catalog): boolean {
  return path !== null && indexOf(catalog).modelEndpoints.has(path);
}

/** Whether the model is processed in the region through this endpoint. */
export function modelProcessing(
  model: string,
  endpoint: EndpointRow,
  region: RegionCode,
  catalog: Catalog,
): CellState {
  const name = readModelName(model, catalog);
  if (name.kind === "alias" || name.kind === "fine_tuned") return "unknown";
  if (name.kind === "unlisted") return "unlisted";
  if (!name.row.endpoints.includes(endpoint.path)) return "unlisted";
  const closedList = endpoint.processingModels[region];
  if (closedList && !closedList.includes(name.row.id)) return "no";
  return name.row.processing[region]?.state ?? "unknown";
}

/** Whether what the model leaves behind is stored in the region through this endpoint. */
export function modelStorage(
  model: string,
  endpoint: EndpointRow,
  region: RegionCode,
  catalog: Catalog,
): CellState {
  const name = readModelName(model, catalog);
  if (name.kind === "alias" || name.kind === "fine_tuned") return "unknown";
  if (name.kind === "unlisted" || !name.row.endpoints.includes(endpoint.path)) return "unlisted";
  return name.row.storage[region]?.state ?? "unknown";
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
