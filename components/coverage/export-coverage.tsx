import type { UsageCoverage } from "../../lib/contracts/coverage.ts";
import { type CoverageState, coverageAskedOf, coverageHref } from "../../lib/contracts/coverage-parsers.ts";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { tenantWords } from "../exports/tenant-words.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";

/** The table with all its columns and rows, as a file. */
export function ExportCoverage({ state, coverage }: { state: CoverageState; coverage: UsageCoverage }) {
  const { window, rows, rowsLeftOff } = coverage;
  const span = { from: `${window.from}T00:00:00.000Z`, to: `${window.to}T00:00:00.000Z` };
  const params = new URLSearchParams(coverageHref("", { ...coverageAskedOf(state), ...span }).slice(1));
  return (
    <ExportDialog
      about={[
        { term: "Rows", words: formatNoun(rows.length + rowsLeftOff, "row") },
        { term: "Range", words: formatWindow(span.from, span.to) },
        { term: "Tenant", words: tenantWords(state.tenant) },
      ]}
      noun="comparison"
      params={params}
      path="/api/usage/coverage/export"
    />
  );
}
