import { nobody } from "../../lib/contracts/applications.ts";
import type { CallFilters } from "../../lib/contracts/call-parsers.ts";
import { type CallFacet, callFacets } from "../../lib/contracts/calls.ts";
import type { CallSource } from "../../lib/core/calls/call-facts.ts";
import { type DataCategory, dataCategoryWords } from "../../lib/core/findings/data-category.ts";
import type { Band, Basis, Verdict } from "../../lib/core/verdicts/verdict.ts";
import { bandWords, basisWords, verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { type Environment, environmentWords } from "../tenants/environment-words.ts";
import { regionName } from "../ui/region-name.tsx";
import { sourceWords } from "./evidence-words.ts";
import { causeTitle } from "./reason-words.ts";

/** The facets in the order an officer narrows a question. */
export const facetOrder: readonly CallFacet[] = [
  "verdict",
  "reason",
  "region",
  "host",
  "application",
  "environment",
  "data",
  "owner",
  "operation",
  "model",
  "band",
  "source",
  "basis",
];

export const facetWords: Readonly<Record<CallFacet, string>> = {
  verdict: "Verdict",
  band: "Band",
  reason: "Reason",
  region: "Region",
  host: "Host",
  model: "Model",
  operation: "Operation",
  application: "Application",
  environment: "Environment",
  data: "Data",
  owner: "Owner",
  source: "Source",
  basis: "Basis",
};

/** Facets whose values are names of machines and stand in mono. */
export const monoFacets: ReadonlySet<CallFacet> = new Set<CallFacet>(["host", "model", "operation"]);

/** A facet's value as the screen says it; a value nobody foresaw is shown as it is recorded. */
export function facetValueWords(facet: CallFacet, value: string): string {
  switch (facet) {
    case "verdict":
      return verdictWords[value as Verdict] ?? value;
    case "band":
      return value === "none" ? "Not applicable" : (bandWords[value as Band] ?? value);
    case "reason":
      return causeTitle(value);
    case "region":
      return regionName(value);
    case "environment":
      return environmentWords[value as Environment] ?? value;
    case "data":
      return dataCategoryWords[value as DataCategory] ?? value;
    case "source":
      return sourceWords[value as CallSource] ?? value;
    case "basis":
      return basisWords[value as Basis] ?? value;
    case "owner":
      return value === nobody ? "Nobody named" : value;
    case "host":
    case "model":
      return value === "none" ? `No ${facet}` : value === "other" ? "Other" : value;
    default:
      return value;
  }
}

/** What narrows a list, a sentence per facet: "Verdict: Outside policy or Not verifiable". */
export function narrowingWords(filters: Pick<CallFilters, CallFacet>): string[] {
  return callFacets.flatMap((facet) =>
    filters[facet].length === 0
      ? []
      : [
          `${facetWords[facet]}: ${filters[facet].map((value) => facetValueWords(facet, value)).join(" or ")}`,
        ],
  );
}
