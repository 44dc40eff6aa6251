"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { findingsQuery } from "../../lib/client/findings.ts";
import type { FindingChoices, FindingListItem } from "../../lib/contracts/findings.ts";
import { cn } from "../ui/cn.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { ListFoot } from "../ui/list-foot.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { ExportFindings } from "./export-findings.tsx";
import { FindingFilterBar } from "./finding-filter-bar.tsx";
import { FindingList } from "./finding-list.tsx";
import { FindingListEmpty } from "./finding-list-empty.tsx";
import { FindingListSkeleton } from "./finding-list-skeleton.tsx";
import { FindingsSentence } from "./findings-sentence.tsx";
import { useFindingSearch } from "./use-finding-search.ts";

const noFindings: readonly FindingListItem[] = [];
const noChoices: FindingChoices = { causes: [], applications: [], owners: [] };

/** The page `/findings`: what must be done, worst and newest first. */
export function FindingBrowser() {
  const search = useFindingSearch();
  const list = useInfiniteQuery({ ...findingsQuery(search.filters), placeholderData: keepPreviousData });
  const counts = list.data?.pages[0]?.counts;
  const failed = list.isError && counts === undefined;
  const items = list.data?.pages.flatMap((page) => page.items) ?? noFindings;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        actions={counts ? <ExportFindings counts={counts} filters={search.filters} /> : null}
        range={false}
        sentence={failed ? null : <FindingsSentence counts={counts} />}
        title="Findings"
      />
      <FindingFilterBar choices={list.data?.pages[0]?.choices ?? noChoices} counts={counts} search={search} />
      {list.isError && !list.isFetchNextPageError ? (
        <ErrorPanel
          error={list.error}
          onRetry={() => list.refetch()}
          title={failed ? "The findings could not be listed" : "The list could not be brought up to date"}
        />
      ) : null}
      {failed ? null : (
        <div
          aria-busy={list.isFetching}
          className={cn("flex flex-col gap-4 transition-opacity", list.isPlaceholderData && "opacity-60")}
        >
          {counts === undefined ? (
            <FindingListSkeleton />
          ) : items.length === 0 ? (
            <FindingListEmpty counts={counts} search={search} />
          ) : (
            <FindingList hasMore={list.hasNextPage} items={items} />
          )}
          <ListFoot list={list} listed={items.length} noun="finding" />
        </div>
      )}
    </div>
  );
}
