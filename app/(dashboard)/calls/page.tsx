import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { CallBrowser } from "../../../components/calls/call-browser.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { callQuery, callsQuery } from "../../../lib/client/calls.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { callFilters, readCallState } from "../../../lib/contracts/call-parsers.ts";
import { callSearch } from "../../../lib/contracts/calls.ts";
import { getCall } from "../../../lib/services/calls/get-call.ts";
import { listCalls } from "../../../lib/services/calls/list-calls.ts";

export const metadata: Metadata = { title: "Calls" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const state = readCallState(await searchParams);
  const filters = callFilters(state);
  const queryClient = createQueryClient();
  await Promise.all([
    queryClient.prefetchInfiniteQuery({
      ...callsQuery(filters),
      queryFn: () => listCalls(actor, callSearch.parse(filters)),
      retry: false,
    }),
    state.call === null
      ? undefined
      : queryClient.prefetchQuery({
          ...callQuery(state.call),
          queryFn: () => getCall(actor, state.call ?? ""),
          retry: false,
        }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <CallBrowser />
    </HydrationBoundary>
  );
}
