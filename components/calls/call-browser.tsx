"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useEffect, useState } from "react";
import { callCountsQuery, callsQuery } from "../../lib/client/calls.ts";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import type { CallListItem } from "../../lib/contracts/calls.ts";
import { rangeOf } from "../../lib/contracts/range-parsers.ts";
import { useTenants } from "../layout/tenants.tsx";
import { RestatedProvider } from "../restatements/restated-mark.tsx";
import { RestatedNote } from "../restatements/restated-note.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatCount } from "../ui/format-number.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { SkipLink } from "../ui/skip-link.tsx";
import { ActiveFilters } from "./active-filters.tsx";
import { CallFacets } from "./call-facets.tsx";
import { CallList } from "./call-list.tsx";
import { CallSheet } from "./call-sheet.tsx";
import { CallsSentence } from "./calls-sentence.tsx";
import { ExportCalls } from "./export-calls.tsx";
import { FacetDrawer } from "./facet-drawer.tsx";
import { LiveToggle } from "./live-toggle.tsx";
import { mergeCalls } from "./merge-calls.ts";
import { SavedViews } from "./saved-views.tsx";
import { SystemViews } from "./system-views.tsx";
import { useCallSearch } from "./use-call-search.ts";
import { useCallTail } from "./use-call-tail.ts";
import { useListKeys } from "./use-list-keys.ts";

const noCalls: readonly CallListItem[] = [];
const listId = "call-list";

/** The page `/calls`: exactly the calls its URL asks for, and one of them opened beside the list. */
export function CallBrowser() {
  const search = useCallSearch();
  const { state, filters } = search;
  const range = rangeOf(state);
  const tenants = useTenants();
  const [railOpen, setRailOpen] = useState(true);
  const list = useInfiniteQuery({ ...callsQuery(filters), placeholderData: keepPreviousData });
  const first = list.data?.pages[0];
  // What was restated is told of the time that is listed: of a longer range that is a part.
  const part = first?.window.asked ? { from: first.window.from, to: first.window.to } : {};
  const listed = { ...range, ...part };
  const closed = state.to !== null;
  const live = state.live === "on" && !closed;
  const settled = list.isPlaceholderData || first === undefined ? null : first;
  const tail = useCallTail(filters, closed ? null : settled, live);
  // Figures beside calls that were let in since must not leave them out.
  const counts = useQuery({
    ...callCountsQuery(filters, settled, live ? null : tail.upTo),
    enabled: tail.shown.length > 0,
  });
  const counted = tail.shown.length > 0 ? (counts.data ?? first) : first;
  const items = mergeCalls(tail.shown, list.data?.pages.flatMap((page) => page.items) ?? noCalls);

  const at = items.findIndex((call) => call.id === state.call);
  const previous = at > 0 ? items[at - 1] : undefined;
  const next = at >= 0 ? items[at + 1] : undefined;
  const onPrevious = previous ? () => search.open(previous.id) : null;
  const onNext = next ? () => search.open(next.id) : null;
  useListKeys(state.call !== null, { onNext, onPrevious });

  // Near the end of the list its next page is there before J asks for it. The neighbours' evidence is not: what is handed
  // out is noted as looked at.
  const nearEnd = at >= 0 && at >= items.length - 3 && list.hasNextPage && !list.isFetching;
  const { fetchNextPage } = list;
  useEffect(() => {
    if (nearEnd) void fetchNextPage();
  }, [nearEnd, fetchNextPage]);

  const failed = list.isError && first === undefined;
  const facets = failed ? null : (
    <CallFacets facets={counted?.facets} filters={filters} onToggle={search.toggle} />
  );
  return (
    <div className="flex flex-col gap-4">
      {failed ? null : <SkipLink to={listId}>Skip to the list of calls</SkipLink>}
      <PageHeader
        actions={
          <>
            <ExportCalls filters={filters} page={settled} state={state} tail={tail} />
            <LiveToggle
              failed={tail.failed}
              live={live}
              onChange={(on) => {
                if (!on) tail.show();
                search.setLive(on);
              }}
              unavailable={closed ? "The chosen range has an end; new calls lie after it" : null}
            />
          </>
        }
        range={["1h", "24h", "7d", "30d"]}
        sentence={failed ? null : <CallsSentence filters={filters} page={counted} state={state} />}
        title="Calls"
      />
      <RestatedNote range={listed} />
      <div className="flex flex-wrap items-center gap-2">
        <div className="flex min-w-0 max-w-full items-center gap-2">
          {failed ? null : <FacetDrawer>{facets}</FacetDrawer>}
          <Button
            aria-expanded={railOpen}
            className="hidden xl:inline-flex"
            disabled={failed}
            onClick={() => setRailOpen(!railOpen)}
            size="sm"
            title={railOpen ? "Fold the facets away" : "Show the facets"}
          >
            <ListFilter aria-hidden="true" />
            Facets
          </Button>
          <SavedViews filters={filters} state={state} />
          <SystemViews state={state} />
        </div>
        <ActiveFilters filters={filters} onClear={search.clear} onToggle={search.toggle} />
      </div>
      <div
        className={cn(
          "grid items-start gap-5",
          railOpen && !failed && "xl:grid-cols-[11.5rem_minmax(0,1fr)]",
        )}
      >
        <aside
          aria-label="Filter calls"
          className={cn(
            "sticky top-5 -ml-2 hidden max-h-[calc(100dvh-2.5rem)] overflow-y-auto pb-4 print:hidden",
            railOpen && !failed && "xl:block",
          )}
        >
          {facets}
        </aside>
        <div className="min-w-0" id={listId} tabIndex={-1}>
          {list.isError && !list.isFetchNextPageError ? (
            <ErrorPanel
              className="mb-4"
              error={list.error}
              onRetry={() => list.refetch()}
              title={failed ? "The calls could not be listed" : "The list could not be brought up to date"}
            />
          ) : null}
          {failed ? null : (
            <RestatedProvider range={listed}>
              <CallList
                arrivedFrom={live ? tail.shown : noCalls}
                filters={filters}
                hrefOf={(id) => callsHref({ ...state, call: id })}
                items={items}
                list={list}
                onClear={search.clear}
                onFilter={search.toggle}
                onOpen={search.open}
                onTenant={state.tenant === null && tenants.length > 1 ? search.setTenant : undefined}
                openId={state.call}
                tail={tail}
                total={counted?.totalCalls ?? 0}
              />
            </RestatedProvider>
          )}
        </div>
      </div>
      <CallSheet
        id={state.call}
        onClose={() => search.open(null)}
        onNext={onNext}
        onPrevious={onPrevious}
        position={at < 0 ? null : `${formatCount(at + 1)} of ${formatCount(items.length)} listed`}
      />
    </div>
  );
}
