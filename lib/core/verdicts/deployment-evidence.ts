import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { Grade } from "../calls/evidence.ts";
import { azureRegionKey, countryOfAzureRegion } from "../regions/azure-place.ts";
import type { AzureDeployment, Catalog, CountryCode } from "../regions/catalog.ts";
import { indexOf } from "../regions/catalog-index.ts";
import type { ClassifiedHost } from "../regions/classify-host.ts";
import { findRegion } from "../regions/host-of-region.ts";
import { adverseBasis, clearingGrade } from "./host-evidence.ts";
import type { Basis } from "./verdict.ts";

/** What is known of the place of a deployment at another provider, as recorded and as the answer says. */
export type DeploymentEvidence = {
  readonly azure: AzureDeployment;
  /** Recorded countries; null: the deployment promises no place. */
  readonly countries: readonly CountryCode[] | null;
  /** Of the region that the answer names, held against the record. A global deployment promises nothing to hold. */
  readonly echo: "agrees" | "differs" | "unsaid";
  /** Country of the region that the answer names, where the name is known. */
  readonly echoCountry: CountryCode | null;
  /** Grade at which the recorded place may clear a claim. */
  readonly grade: Grade;
};

/** null for hosts of which no deployment is recorded. */
export function deploymentEvidence(
  host: ClassifiedHost,
  attempt: AttemptFacts,
  catalog: Catalog,
): DeploymentEvidence | null {
  const { deployed } = host;
  const row = host.class === "custom" ? indexOf(catalog).hosts.get(host.host)?.azure : null;
  const azure = deployed?.azure ?? row;
  if (azure === null || azure === undefined) return null;
  const region = host.region === null ? null : findRegion(host.region, catalog);
  const countries = azure.sku === "global" ? null : (deployed?.countries ?? region?.countries ?? null);
  const said = attempt.echo.statedRegion;
  const echoCountry = said === null ? null : countryOfAzureRegion(said);
  const echo = countries === null ? "unsaid" : echoOf(azure, countries, said);
  // The header speaks of regional deployments alone; of a zone it says no more than the record does.
  const confirmed = azure.sku === "regional" && echo === "agrees";
  return { azure, countries, echo, echoCountry, grade: confirmed ? echoGrade(attempt) : "E" };
}

/** How a recorded place counts against a call: seen where the answer confirms it, else a person's word. */
export function deploymentBasis({ azure, echo }: DeploymentEvidence, attempt: AttemptFacts): Basis {
  const basis = adverseBasis(attempt);
  return basis === "observed" && !(azure.sku === "regional" && echo === "agrees") ? "reported" : basis;
}

function echoOf(
  azure: AzureDeployment,
  countries: readonly CountryCode[],
  said: string | null,
): DeploymentEvidence["echo"] {
  if (said === null) return "unsaid";
  if (azure.sku === "regional") {
    return azureRegionKey(said) === azureRegionKey(azure.azureRegion) ? "agrees" : "differs";
  }
  const country = countryOfAzureRegion(said);
  return country !== null && countries.includes(country) ? "agrees" : "differs";
}

/** The provider's echo on our own socket is B; in a log or a label it is what that says. */
function echoGrade(attempt: AttemptFacts): Grade {
  const grade = clearingGrade(attempt);
  return grade === "C" ? "B" : grade;
}
