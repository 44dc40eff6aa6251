import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { LatencyPage } from "../../../components/latency/latency-page.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { latencyQuery } from "../../../lib/client/latency.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { latencySearchOf, readLatencyState } from "../../../lib/contracts/latency-parsers.ts";
import { getLatency } from "../../../lib/services/latency/get-latency.ts";

export const metadata: Metadata = { title: "Latency" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const state = readLatencyState(await searchParams);
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({
    ...latencyQuery(state),
    queryFn: () => getLatency(actor, latencySearchOf(state)),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LatencyPage />
    </HydrationBoundary>
  );
}
