import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { type CallFilters, callSearchParams } from "../contracts/call-parsers.ts";
import type { CallDetail, CallListItem, CallPage, NewCalls } from "../contracts/calls.ts";
import { fetchJson } from "./fetch-json.ts";
import { nextPage } from "./next-page.ts";

type NextPage = { readonly cursor: string; readonly upTo: string };

/** The list behind `/calls`: pages by keyset, newest first. */
export function callsQuery(filters: CallFilters) {
  return infiniteQueryOptions({
    queryKey: ["calls", "list", filters] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = callSearchParams(filters);
      if (pageParam !== null) {
        nextPage(params, pageParam.cursor);
        // What is recorded while a list is read comes through the tail alone.
        params.set("upTo", pageParam.upTo);
      }
      return fetchJson<CallPage>(`/api/calls?${params}`, { signal });
    },
    initialPageParam: null as NextPage | null,
    getNextPageParam: ({ nextCursor, liveCursor }, pages): NextPage | null =>
      nextCursor === null ? null : { cursor: nextCursor, upTo: pages[0]?.liveCursor ?? liveCursor },
    // A list that is being read does not change under the reader: what is new comes through the tail.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

/** So often figures follow what flows in, at most. */
const countEveryMs = 5_000;

/**
 * The list's figures as they are now, for a list that calls were let into since it was read: those of its window, up to now.
 * `upTo`: where the reader let them in; null: they flow in, and the figures follow.
 */
export function callCountsQuery(filters: CallFilters, page: CallPage | null, upTo: string | null) {
  const window = page?.window ?? null;
  const isWhole = window === null || window.asked === null;
  const asked = window !== null && isWhole ? { ...filters, from: window.from } : filters;
  return queryOptions({
    queryKey: ["calls", "counts", asked, page?.liveCursor, upTo] as const,
    queryFn: ({ signal }) => fetchJson<CallPage>(`/api/calls?${callSearchParams(asked)}&limit=1`, { signal }),
    refetchInterval: upTo === null ? countEveryMs : false,
    staleTime: countEveryMs,
    refetchOnWindowFocus: false,
  });
}

/** One call with its evidence. Each answer goes into the log as a look of the reader, so that only opening it asks. */
export function callQuery(id: string) {
  return queryOptions({
    queryKey: ["calls", "detail", id] as const,
    queryFn: ({ signal }) => fetchJson<CallDetail>(`/api/calls/${encodeURIComponent(id)}`, { signal }),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** What has been recorded since a page, newest record first; at most `tailMax` are kept. */
export type CallTail = { readonly cursor: string; readonly items: readonly CallListItem[] };

/** A page that a tail goes on from: where recording stood, and where its window begins. */
export type TailStart = { readonly cursor: string; readonly since: string };

/** A tail that holds this many has lost what is older. */
export const tailMax = 500;

export const callTailKey = (filters: CallFilters, start: TailStart) =>
  ["calls", "tail", filters, start] as const;

/** The live tail: every poll goes on from the cursor of the one before, so none is missed or told twice. */
export function callTailQuery(filters: CallFilters, start: TailStart, everyMs: number | false) {
  const queryKey = callTailKey(filters, start);
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }): Promise<CallTail> => {
      // Read anew when the answer is there: the stream may have told more meanwhile.
      const known = () => client.getQueryData<CallTail>(queryKey) ?? { cursor: start.cursor, items: [] };
      return continueTail(known, tailParams(filters, start), signal);
    },
    refetchInterval: everyMs,
    refetchOnWindowFocus: everyMs !== false,
    staleTime: 0,
    retry: false,
  });
}

/** The filters of a tail: of its page's window, only where it begins. */
export function tailParams(filters: CallFilters, { since }: TailStart): URLSearchParams {
  const params = callSearchParams(filters);
  for (const word of ["range", "from", "to"]) params.delete(word);
  params.set("since", since);
  return params;
}

/** What was told is put in front; a call that is there already, because both a poll and the stream told it, stays once. */
export function addToTail(before: CallTail, { items, cursor }: NewCalls): CallTail {
  if (items.length === 0 && cursor === before.cursor) return before;
  const known = new Set(before.items.map(({ id }) => id));
  const fresh = items.filter(({ id }) => !known.has(id)).toReversed();
  return { cursor, items: [...fresh, ...before.items].slice(0, tailMax) };
}

async function continueTail(
  known: () => CallTail,
  params: URLSearchParams,
  signal: AbortSignal,
): Promise<CallTail> {
  params.set("after", known().cursor);
  const answer = await fetchJson<NewCalls>(`/api/calls/new?${params}`, { signal });
  const now = addToTail(known(), answer);
  return answer.more && now.items.length < tailMax ? continueTail(() => now, params, signal) : now;
}

/** Reads the open lists again from the top; the side sheet keeps its evidence, which never changes. */
export function refreshCalls(client: QueryClient): Promise<void> {
  client.setQueriesData<InfiniteData<CallPage, NextPage | null>>({ queryKey: ["calls", "list"] }, (data) =>
    data === undefined ? data : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
  );
  return client.invalidateQueries({ queryKey: ["calls", "list"] });
}
