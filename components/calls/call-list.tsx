"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { CallFilters } from "../../lib/contracts/call-parsers.ts";
import type { CallFacet, CallListItem, CallPage } from "../../lib/contracts/calls.ts";
import { cn } from "../ui/cn.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { formatInstant } from "../ui/format-time.ts";
import { LoadMore } from "../ui/load-more.tsx";
import { CallListEmpty } from "./call-list-empty.tsx";
import { CallListSkeleton } from "./call-list-skeleton.tsx";
import { CallTable } from "./call-table.tsx";
import { NewCallsBar } from "./new-calls-bar.tsx";
import type { CallTailState } from "./use-call-tail.ts";

export type CallListProps = {
  list: UseInfiniteQueryResult<InfiniteData<CallPage>>;
  /** Pages and what the tail let in, merged. */
  items: readonly CallListItem[];
  tail: CallTailState;
  /** How many there are, those that the tail let in among them. */
  total: number;
  /** Calls that flowed in while live. */
  arrivedFrom: readonly CallListItem[];
  filters: CallFilters;
  openId: string | null;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
  onFilter: (facet: CallFacet, value: string) => void;
  onClear: () => void;
  /** Confines the list to a tenant; absent where it shows one only. */
  onTenant?: (slug: string) => void;
};

/** The list with its faces: loading, rows, none, and what comes after the last row. */
export function CallList(props: CallListProps) {
  const { list, items, tail } = props;
  const last = list.data?.pages.at(-1);
  const first = list.data?.pages[0];
  return (
    <div
      aria-busy={list.isFetching}
      className={cn(
        "@container overflow-hidden rounded-md border bg-surface transition-opacity",
        list.isPlaceholderData && "opacity-60",
      )}
    >
      {last === undefined || first === undefined ? (
        <CallListSkeleton />
      ) : (
        <>
          <NewCallsBar tail={tail} />
          {items.length > 0 ? (
            <CallTable
              arrived={new Set(props.arrivedFrom.map((call) => call.id))}
              hrefOf={props.hrefOf}
              items={items}
              onFilter={props.onFilter}
              onOpen={props.onOpen}
              onTenant={props.onTenant}
              openId={props.openId}
            />
          ) : last.scanStopped ? null : (
            <CallListEmpty filters={props.filters} onClear={props.onClear} window={first.window} />
          )}
          <ListEnd items={items} last={last} list={list} total={props.total} />
        </>
      )}
    </div>
  );
}

type ListEndProps = Pick<CallListProps, "list" | "items"> & { last: CallPage; total: number };

/** What follows the last row: more, a search that stopped at its budget, a page that failed, or the end. */
function ListEnd({ list, items, last, total }: ListEndProps) {
  if (items.length === 0 && !list.hasNextPage) return null;
  const oldest = items.at(-1);
  return (
    <footer className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t px-4 py-2">
      <p className="text-faint text-xs tabular-nums" role="status">
        {last.scanStopped
          ? `Stopped after its scan budget${oldest ? `, back to ${formatInstant(oldest.startedAt, "second")}` : ""}. ${formatNoun(items.length, "call")} found so far.`
          : list.hasNextPage
            ? `${formatCount(items.length)} of ${formatNoun(Math.max(total, items.length), "call")}, newest first`
            : `${formatNoun(items.length, "call")}, all that match`}
      </p>
      {list.isFetchNextPageError ? (
        <p className="text-outside-ink text-sm" role="alert">
          The next page could not be read.
        </p>
      ) : null}
      <LoadMore list={list} {...(last.scanStopped ? { word: "Continue the search" } : {})} />
    </footer>
  );
}
