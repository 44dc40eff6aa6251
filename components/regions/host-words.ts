import type { AzureSku, Transport } from "../../lib/core/regions/catalog.ts";

export const transportWords: Readonly<Record<Transport, string>> = {
  public: "Public",
  mtls: "Mutual TLS",
  private_link: "Private link",
};

export const azureWords: Readonly<Record<AzureSku, string>> = {
  regional: "Regional: one Azure region",
  data_zone: "Data zone: its member countries",
  global: "Global: any Azure region, no promise of place",
};
