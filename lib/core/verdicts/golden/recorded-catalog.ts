import type { Catalog, Cell, HostRow, ModelRow, RegionRow } from "../../regions/catalog.ts";
import { europeanUnion } from "../../regions/openai/countries.ts";
import { openaiCatalog } from "../../regions/openai-catalog.ts";

/**
 * The catalog with what an admin could have recorded: Azure deployments, what two aliases stand for, and a
 * sourced row that says that chat with one model is processed in India.
 */
export function recordedCatalog(): Catalog {
  return {
    ...openaiCatalog,
    version: 2,
    regions: [
      ...openaiCatalog.regions,
      azureRegion("azure-se", "Sweden Central", ["SE"], "bank-se.openai.azure.com"),
      azureRegion("azure-us", "East US", ["US"], "bank-us.openai.azure.com"),
      azureRegion("azure-eu-zone", "European data zone", europeanUnion, "bank-zone.openai.azure.com"),
    ],
    hosts: [
      ...openaiCatalog.hosts,
      azureHost("bank-se.openai.azure.com", "azure-se", "regional", "Sweden Central"),
      azureHost("bank-us.openai.azure.com", "azure-us", "regional", "East US"),
      azureHost("bank-zone.openai.azure.com", "azure-eu-zone", "data_zone", "Sweden Central"),
      azureHost("bank-global.openai.azure.com", null, "global", "Sweden Central"),
    ],
    endpoints: openaiCatalog.endpoints.map((row) =>
      row.path === "/v1/chat/completions" ? { ...row, processing: { ...row.processing, in: yes } } : row,
    ),
    models: openaiCatalog.models.map(
      (row): ModelRow =>
        row.id === "gpt-4o-2024-08-06" ? { ...row, processing: { ...row.processing, in: yes } } : row,
    ),
    aliases: [
      { alias: "gpt-4o", model: "gpt-4o-2024-08-06", sourceId: "your-data", asOf: "2026-09-24" },
      { alias: "gpt-5", model: "gpt-5-2025-08-07", sourceId: "your-data", asOf: "2026-09-24" },
    ],
  };
}

const basis = {
  sourceId: "your-data",
  asOf: "2026-11-20",
  confidence: "high",
  confirmedBy: { name: "M. Roth", on: "2026-11-20" },
} as const;

const yes: Cell = { state: "yes", ...basis };

function azureRegion(code: string, name: string, countries: readonly string[], host: string): RegionRow {
  const [first] = openaiCatalog.regions;
  if (first === undefined) throw new Error("The catalog has no region.");
  const bare = { hosts: [host], hasStorageOnlyProjects: false, regionalTls: false, stated: basis } as const;
  return { ...first, ...bare, provider: "azure", code, name, countries, storage: yes, processing: yes };
}

type Azure = NonNullable<HostRow["azure"]>;

function azureHost(host: string, region: string | null, sku: Azure["sku"], azureRegion: string): HostRow {
  const azure = { sku, azureRegion, attestedBy: "M. Roth" };
  return { host, provider: "azure", region, transport: "public", azure, note: "", ...basis };
}
