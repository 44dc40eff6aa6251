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

/** The live tail: every poll goes on from the cursor of the one before, so none is missed or told twice. */
export function callTailQuery(filters: CallFilters, from: string, everyMs: number) {
  const queryKey = ["calls", "tail", filters, from] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ client, signal }): Promise<CallTail> => {
      const before = client.getQueryData<CallTail>(queryKey) ?? { cursor: from, items: [] };
      return continueTail(before, filters, signal);
    },
    refetchInterval: everyMs,
    refetchOnWindowFocus: true,
    staleTime: 0,
    retry: false,
  });
}

async function continueTail(before: CallTail, filters: CallFilters, signal: AbortSignal): Promise<CallTail> {
  const params = callSearchParams(filters);
  for (const word of ["range", "from", "to"]) params.delete(word);
  params.set("after", before.cursor);
  const answer = await fetchJson<NewCalls>(`/api/calls/new?${params}`, { signal });
  if (answer.items.length === 0 && answer.cursor === before.cursor) return before;
  const items = [...answer.items.toReversed(), ...before.items].slice(0, tailMax);
  const now = { cursor: answer.cursor, items };
  return answer.more && items.length < tailMax ? continueTail(now, filters, signal) : now;
}

/** Reads the open lists again from the top; the side sheet keeps its evidence, which never changes. */
export function refreshCalls(client: QueryClient): Promise<void> {
  client.setQueriesData<InfiniteData<CallPage, string | null>>({ queryKey: ["calls", "list"] }, (data) =>
    data === undefined ? data : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
  );
  return client.invalidateQueries({ queryKey: ["calls", "list"] });
}
