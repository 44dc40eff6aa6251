import type { TrailFilters, TrailPage } from "../../lib/contracts/trail.ts";
import { trailSearchParams } from "../../lib/contracts/trail-parsers.ts";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { filterWords, termsInWords } from "../exports/filter-words.ts";
import { formatInstant, formatWindow } from "../ui/format-time.ts";
import { groupWords } from "./group-words.ts";

/** The events on the screen, as a file; those that were not loaded yet with them, those recorded since without. */
export function ExportTrail({ filters, page }: { filters: TrailFilters; page: TrailPage }) {
  const { group, who, from } = filters;
  const to = filters.to !== undefined && filters.to < page.readAt ? filters.to : page.readAt;
  const named = page.people.find(({ id }) => id === who)?.name ?? who;
  const narrowed = termsInWords([
    ["What", group === "all" ? [] : [groupWords[group]]],
    ["Who", named === undefined ? [] : [named]],
  ]);
  return (
    <ExportDialog
      about={[
        {
          term: "Range",
          words: from === undefined ? `From the first event to ${formatInstant(to)}` : formatWindow(from, to),
        },
        { term: "Tenant", words: filters.tenant },
        { term: "Filter", words: filterWords(narrowed) },
        { term: "Place", words: "Each event with its log and its index there, as a report pack has it" },
      ]}
      noun="events"
      params={trailSearchParams({ ...filters, to })}
      path="/api/trail/export"
    />
  );
}
