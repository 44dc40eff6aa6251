import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { type CallFilters, callSearchParams } from "../contracts/call-parsers.ts";
import type { CallDetail, CallListItem, CallPage, NewCalls } from "../contracts/calls.ts";
import { fetchJson } from "./fetch-json.ts";

/** The list behind `/calls`: pages by keyset, newest first. */
export function callsQuery(filters: CallFilters) {
  return infiniteQueryOptions({
    queryKey: ["calls", "list", filters] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = callSearchParams(filters);
      if (pageParam !== null) params.set("cursor", pageParam);
      return fetchJson<CallPage>(`/api/calls?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    // A list that is being read does not change under the reader: what is new comes through the tail.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

export function callQuery(id: string) {
  return queryOptions({
    queryKey: ["calls", "detail", id] as const,
    queryFn: ({ signal }) => fetchJson<CallDetail>(`/api/calls/${encodeURIComponent(id)}`, { signal }),
  });
}

/** What has been recorded since `from`, newest record first; at most `tailMax` are kept. */
export type CallTail = { readonly cursor: string; readonly items: readonly CallListItem[] };

/** A tail that holds this many has lost what is older. */
export const tailMax = 500;

export const callTailKey = (filters: CallFilters, from: string) => ["calls", "tail", filters, from] as const;

/** The live tail: every poll goes on from the cursor of the one before, so none is missed or told twice. */
export function callTailQuery(filters: CallFilters, from: string, everyMs: number | false) {
  const queryKey = callTailKey(filters, from);
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }): Promise<CallTail> => {
      // Read anew when the answer is there: the stream may have told more meanwhile.
      const known = () => client.getQueryData<CallTail>(queryKey) ?? { cursor: from, items: [] };
      return continueTail(known, filters, signal);
    },
    refetchInterval: everyMs,
    refetchOnWindowFocus: everyMs !== false,
    staleTime: 0,
    retry: false,
  });
}

/** The filters of a tail: it has no window. */
export function tailParams(filters: CallFilters): URLSearchParams {
  const params = callSearchParams(filters);
  for (const word of ["range", "from", "to"]) params.delete(word);
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
  filters: CallFilters,
  signal: AbortSignal,
): Promise<CallTail> {
  const params = tailParams(filters);
  params.set("after", known().cursor);
  const answer = await fetchJson<NewCalls>(`/api/calls/new?${params}`, { signal });
  const now = addToTail(known(), answer);
  return answer.more && now.items.length < tailMax ? continueTail(() => now, filters, signal) : now;
}

/** Reads the open lists again from the top; the side sheet keeps its evidence, which never changes. */
export function refreshCalls(client: QueryClient): Promise<void> {
  client.setQueriesData<InfiniteData<CallPage, string | null>>({ queryKey: ["calls", "list"] }, (data) =>
    data === undefined ? data : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
  );
  return client.invalidateQueries({ queryKey: ["calls", "list"] });
}
