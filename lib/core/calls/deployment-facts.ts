import type { AzureSku } from "../regions/catalog.ts";

/** What a model is deployed as at Azure, in Azure's own names (Microsoft Learn, deployment types, 2026-11). */
export type DeploymentSku =
  | "Standard"
  | "ProvisionedManaged"
  | "DataZoneStandard"
  | "DataZoneProvisionedManaged"
  | "DataZoneBatch"
  | "GlobalStandard"
  | "GlobalProvisionedManaged"
  | "GlobalBatch"
  | "DeveloperTier";

/** The deployment that a call named, as an admin recorded it with the credential: configuration, and no evidence. */
export type DeploymentFacts = {
  /** null: the call named none, so the widest of the credential's deployments stands for it. */
  readonly name: string | null;
  /** null: nobody recorded the deployment that runs it, so no place is promised for it. */
  readonly sku: DeploymentSku | null;
};

const promises: Readonly<Record<DeploymentSku, AzureSku>> = {
  Standard: "regional",
  ProvisionedManaged: "regional",
  DataZoneStandard: "data_zone",
  DataZoneProvisionedManaged: "data_zone",
  DataZoneBatch: "data_zone",
  GlobalStandard: "global",
  GlobalProvisionedManaged: "global",
  GlobalBatch: "global",
  // Evaluates fine-tuned models; Azure promises no residency for it.
  DeveloperTier: "global",
};

export const deploymentSkus = Object.keys(promises) as [DeploymentSku, ...DeploymentSku[]];

/** What Azure promises of the place for a SKU; for one that nobody recorded, nothing. */
export function promiseOf(sku: DeploymentSku | null): AzureSku {
  return sku === null ? "global" : promises[sku];
}

/** Whether a batch can run on it: Azure has deployments for batches alone, and no regional one among them (Microsoft Learn, batch, 2026-11). */
export function runsBatches(sku: DeploymentSku): boolean {
  return sku === "DataZoneBatch" || sku === "GlobalBatch";
}

/** How wide a promise is: the wider of two holds less. */
export function width(sku: AzureSku): number {
  return ["regional", "data_zone", "global"].indexOf(sku);
}

/** The SKU that promises least; null for none. The first of equals. */
export function widestOf(skus: readonly DeploymentSku[]): DeploymentSku | null {
  return skus.reduce<DeploymentSku | null>(
    (widest, sku) => (widest === null || width(promiseOf(sku)) > width(promiseOf(widest)) ? sku : widest),
    null,
  );
}
