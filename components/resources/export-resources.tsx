import { type ResourceFilters, resourceSearchParams } from "../../lib/contracts/resource-parsers.ts";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { filterWords, termsInWords } from "../exports/filter-words.ts";
import { tenantWords } from "../exports/tenant-words.ts";
import { regionName } from "../ui/region-name.tsx";
import { kindWord } from "./kind-words.ts";
import { listedStateWords } from "./resource-filter-bar.tsx";

/** The objects on the screen, as a file; those that were not loaded yet with them. */
export function ExportResources({ filters }: { filters: ResourceFilters }) {
  const { kind, born, application, elsewhere, state } = filters;
  const narrowed = termsInWords([
    ["Kind", kind.map(kindWord)],
    ["Born in", born.map(regionName)],
    ["Application", application],
    ["Birth", elsewhere === "only" ? ["outside the policy in force"] : []],
  ]);
  return (
    <ExportDialog
      about={[
        { term: "State", words: listedStateWords[state] },
        { term: "Tenant", words: tenantWords(filters.tenant) },
        { term: "Filter", words: filterWords(narrowed) },
      ]}
      noun="objects"
      params={resourceSearchParams(filters)}
      path="/api/resources/export"
    />
  );
}
