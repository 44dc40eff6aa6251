import type { PinKind } from "../policies/policy.ts";
import type { Catalog, RegionCode } from "../regions/catalog.ts";

export type ResidencyPin = {
  readonly kind: Exclude<PinKind, "unknown">;
  /** null for `global`. */
  readonly region: RegionCode | null;
};

/**
 * The pin that follows from a project's `residency`, as the admin API writes it. Which region a word means says the catalog;
 * a word it does not list, or of another form, makes no pin.
 *
 * Words: `ProjectResidency` of the client `openai` 7.57.0, `resources/admin/organization/projects/projects.d.ts`, read 2026-11-30.
 */
export function pinOfResidency(residency: string | null, catalog: Catalog): ResidencyPin | null {
  if (residency === null) return null;
  if (residency === "GLOBAL") return { kind: "global", region: null };
  const row = catalog.regions.find(
    ({ provider, projectResidencies }) => provider === "openai" && projectResidencies.includes(residency),
  );
  if (row === undefined) return null;
  if (residency.endsWith("_STORAGE_PROCESSING")) return { kind: "processing", region: row.code };
  return residency.endsWith("_STORAGE") ? { kind: "storage_only", region: row.code } : null;
}
