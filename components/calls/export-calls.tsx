import { type CallFilters, type CallPageState, callSearchParams } from "../../lib/contracts/call-parsers.ts";
import type { CallPage } from "../../lib/contracts/calls.ts";
import type { Window } from "../../lib/contracts/range.ts";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { filterWords } from "../exports/filter-words.ts";
import { tenantWords } from "../exports/tenant-words.ts";
import { partWords } from "../ui/coverage-words.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { EarlierCalls } from "./earlier-calls.tsx";
import { narrowingWords } from "./facet-words.ts";
import type { CallTailState } from "./use-call-tail.ts";

type ExportCallsProps = {
  filters: CallFilters;
  state: CallPageState;
  page: CallPage | null;
  tail: CallTailState;
};

/** The calls on the screen, as a file: those of the list, those that were let in since, and no other. */
export function ExportCalls({ filters, state, page, tail }: ExportCallsProps) {
  if (page === null) return null;
  const to = endOf(page, tail);
  const params = callSearchParams(filters);
  params.delete("range");
  params.set("from", page.window.from);
  params.set("to", to);
  params.set("upTo", tail.upTo ?? page.liveCursor);
  params.set("listedTo", page.window.to);
  params.set("listedUpTo", page.liveCursor);
  const narrowed = narrowingWords(filters);
  return (
    <ExportDialog
      about={[
        {
          term: "Calls",
          words: `${formatNoun(page.totalCalls, "call")}${since(tail)}`,
        },
        { term: "Range", words: <RangeWords state={state} to={to} window={page.window} /> },
        { term: "Tenant", words: tenantWords(filters.tenant) },
        { term: "Filter", words: filterWords(narrowed) },
      ]}
      noun="calls"
      params={params}
      path="/api/calls/export"
    />
  );
}

/** The file's range; of a longer one which part it is, and the way to the stretch before. */
function RangeWords({ window, to, state }: { window: Window; to: string; state: CallPageState }) {
  const between = formatWindow(window.from, to);
  const part = partWords(window);
  if (part === null) return between;
  return (
    <>
      {between}, {part}. For the others: <EarlierCalls state={state} window={window} />
    </>
  );
}

function since({ shown }: CallTailState): string {
  return shown.length === 0 ? "" : `, and ${formatNoun(shown.length, "call")} recorded since`;
}

/** The window's end, or just after the newest call that was let in since. */
function endOf({ window }: CallPage, { shown }: CallTailState): string {
  const newest = Math.max(...shown.map(({ startedAt }) => Date.parse(startedAt) + 1), Date.parse(window.to));
  return new Date(newest).toISOString();
}
