import type { CountryCode } from "./catalog.ts";

/**
 * Country of the regions by which Azure names itself in `x-ms-region` (Microsoft Learn, list of Azure
 * regions). A name that is missing here is placed nowhere.
 */
const names: Readonly<Record<CountryCode, string>> = {
  AE: "uaenorth uaecentral",
  AT: "austriaeast",
  AU: "australiaeast australiasoutheast australiacentral australiacentral2",
  BE: "belgiumcentral",
  BR: "brazilsouth brazilsoutheast",
  CA: "canadacentral canadaeast",
  CH: "switzerlandnorth switzerlandwest",
  CL: "chilecentral",
  DE: "germanywestcentral germanynorth",
  DK: "denmarkeast",
  ES: "spaincentral",
  FR: "francecentral francesouth",
  GB: "uksouth ukwest",
  HK: "eastasia",
  ID: "indonesiacentral",
  IE: "northeurope",
  IL: "israelcentral",
  IN: "centralindia southindia westindia jioindiawest jioindiacentral",
  IT: "italynorth",
  JP: "japaneast japanwest",
  KR: "koreacentral koreasouth",
  MX: "mexicocentral",
  MY: "malaysiawest",
  NL: "westeurope",
  NO: "norwayeast norwaywest",
  NZ: "newzealandnorth",
  PL: "polandcentral",
  QA: "qatarcentral",
  SE: "swedencentral swedensouth",
  SG: "southeastasia",
  TW: "taiwannorth",
  US: "eastus eastus2 centralus northcentralus southcentralus westus westus2 westus3 westcentralus",
  ZA: "southafricanorth southafricawest",
};

const countryOf: ReadonlyMap<string, CountryCode> = new Map(
  Object.entries(names).flatMap(([country, regions]) =>
    regions.split(" ").map((region) => [region, country] as const),
  ),
);

/** One spelling for `Sweden Central` and `swedencentral`. */
export function azureRegionKey(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Country of an Azure region by its name; null for a name the list does not have. */
export function countryOfAzureRegion(name: string): CountryCode | null {
  return countryOf.get(azureRegionKey(name)) ?? null;
}
