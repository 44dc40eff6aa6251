import { type DeploymentFacts, promiseOf, width } from "../calls/deployment-facts.ts";
import { countryOfAzureRegion } from "./azure-place.ts";
import type { Catalog, CountryCode, RegionCode } from "./catalog.ts";
import { indexOf } from "./catalog-index.ts";
import type { ClassifiedHost } from "./classify-host.ts";
import { europeanUnion } from "./openai/countries.ts";

/**
 * The host as the deployment on it stands that a call named: by the wider of what the catalog records of the resource
 * and what is recorded of the deployment. So neither word alone makes a call better than the other says.
 */
export function deployedHost(
  host: ClassifiedHost,
  deployment: DeploymentFacts | null | undefined,
  catalog: Catalog,
): ClassifiedHost {
  if (deployment === null || deployment === undefined || host.class !== "custom") return host;
  const azure = indexOf(catalog).hosts.get(host.host)?.azure ?? null;
  const sku = promiseOf(deployment.sku);
  if (azure === null || width(sku) <= width(azure.sku)) return host;
  const countries = sku === "data_zone" ? zoneOf(azure.azureRegion) : null;
  // A zone is of the European Union or the United States: elsewhere the word promises no place.
  if (countries === null)
    return {
      ...host,
      region: "global",
      deployed: { azure: { ...azure, sku: "global", attestedBy }, countries: null },
    };
  return {
    ...host,
    region: regionWith(countries, catalog),
    deployed: { azure: { ...azure, sku, attestedBy }, countries },
  };
}

/** Who that was is in the record of changes, beside the key. */
const attestedBy = "whoever saved the key";

/** Member countries of the data zone of an Azure region (Microsoft Learn, deployment types, 2026-11). */
function zoneOf(azureRegion: string): readonly CountryCode[] | null {
  const country = countryOfAzureRegion(azureRegion);
  if (country === "US") return unitedStates;
  return country !== null && europeanUnion.includes(country) ? europeanUnion : null;
}

const unitedStates: readonly CountryCode[] = ["US"];

function regionWith(countries: readonly CountryCode[], catalog: Catalog): RegionCode | null {
  const same = catalog.regions.find(
    (row) =>
      row.provider === "azure" &&
      row.countries.length === countries.length &&
      row.countries.every((country) => countries.includes(country)),
  );
  return same?.code ?? null;
}
