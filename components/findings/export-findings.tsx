import { type FindingFilters, findingSearchParams } from "../../lib/contracts/finding-parsers.ts";
import type { FindingPage } from "../../lib/contracts/findings.ts";
import { dataCategoryWords } from "../../lib/core/findings/data-category.ts";
import { facetValueWords } from "../calls/facet-words.ts";
import { causeTitle } from "../calls/reason-words.ts";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { filterWords, termsInWords } from "../exports/filter-words.ts";
import { tenantWords } from "../exports/tenant-words.ts";
import { environmentWords } from "../tenants/environment-words.ts";
import { formatNoun } from "../ui/format-number.ts";
import { selectionWords } from "./selection-words.ts";
import { severityWords } from "./severity-badge.tsx";
import { stateWords } from "./state-badge.tsx";

/** The findings on the screen, as a file; those that were not loaded yet with them. */
export function ExportFindings({
  filters,
  counts,
}: {
  filters: FindingFilters;
  counts: FindingPage["counts"];
}) {
  const { state, severity, cause, application, data, environment, owner, only } = filters;
  const matching = state.reduce((sum, each) => sum + counts[each], 0);
  const narrowed = termsInWords([
    ["Selection", only === undefined ? [] : [selectionWords[only].title]],
    ["Severity", severity.map((each) => severityWords[each])],
    ["Cause", cause.map(causeTitle)],
    ["Application", application],
    ["Data", data.map((each) => dataCategoryWords[each])],
    ["Environment", environment.map((each) => environmentWords[each])],
    ["Owner", owner.map((each) => facetValueWords("owner", each))],
  ]);
  return (
    <ExportDialog
      about={[
        { term: "Findings", words: formatNoun(matching, "finding") },
        { term: "State", words: state.map((each) => stateWords[each]).join(", ") },
        { term: "Tenant", words: tenantWords(filters.tenant) },
        { term: "Filter", words: filterWords(narrowed) },
      ]}
      noun="findings"
      params={findingSearchParams(filters)}
      path="/api/findings/export"
    />
  );
}
