import type { CountryCode } from "./catalog.ts";

/**
 * What kind of deployment another provider (Azure OpenAI) runs behind a custom host. `regional`: in one
 * region. `data_zone`: anywhere in the zone's member countries. `global`: anywhere, no promise of place
 * (Microsoft Learn, deployment types, read 2026-11-22).
 */
export type DeploymentSku = "regional" | "data_zone" | "global";

/**
 * A deployment as an admin recorded it. It is configuration: by itself grade E, and it clears nothing
 * without the provider's echo.
 */
export type DeploymentRow = {
  /** Exact host name, normalised. Admitting it is for the tenant's policy (`customHosts`). */
  readonly host: string;
  /** Name of the deployment on that host; null: the row speaks of every deployment of the host. */
  readonly deployment: string | null;
  readonly sku: DeploymentSku;
  /** Region as the provider's `x-ms-region` names it, e.g. `Sweden Central`; null but for `regional`. */
  readonly azureRegion: string | null;
  /** Countries of the region or of the zone; empty for `global`. */
  readonly countries: readonly CountryCode[];
  readonly recordedBy: { readonly name: string; readonly on: string };
  readonly note: string;
};

/** Snapshot that a name without a date stands for, where a source says so. */
export type AliasRow = {
  readonly alias: string;
  /** A listed model. */
  readonly model: string;
  /** Key into `Catalog.sources`. */
  readonly sourceId: string;
  /** Calendar day (UTC). */
  readonly asOf: string;
};
