import { type CallFilters, callSearchParams } from "../../lib/contracts/call-parsers.ts";
import type { CallPage } from "../../lib/contracts/calls.ts";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { filterWords } from "../exports/filter-words.ts";
import { tenantWords } from "../exports/tenant-words.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { narrowingWords } from "./facet-words.ts";

/** The calls on the screen, as a file. */
export function ExportCalls({ filters, page }: { filters: CallFilters; page: CallPage | undefined }) {
  if (page === undefined) return null;
  const params = callSearchParams(filters);
  params.delete("range");
  params.set("from", page.window.from);
  params.set("to", page.window.to);
  const narrowed = narrowingWords(filters);
  return (
    <ExportDialog
      about={[
        {
          term: "Calls",
          words: `${formatNoun(page.totalCalls, "call")}, counted per UTC hour the range touches`,
        },
        { term: "Range", words: formatWindow(page.window.from, page.window.to) },
        { term: "Tenant", words: tenantWords(filters.tenant) },
        { term: "Filter", words: filterWords(narrowed) },
      ]}
      noun="calls"
      params={params}
      path="/api/calls/export"
    />
  );
}
