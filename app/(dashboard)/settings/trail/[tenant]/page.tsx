import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { TrailBrowser } from "../../../../../components/trail/trail-browser.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { trailQuery } from "../../../../../lib/client/trail.ts";
import { trailSearch } from "../../../../../lib/contracts/trail.ts";
import { readTrailState, trailFilters } from "../../../../../lib/contracts/trail-parsers.ts";
import { listTrail } from "../../../../../lib/services/trail/list-trail.ts";

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Audit trail" };

export default async function Page({ params, searchParams }: Props) {
  const { tenant } = await params;
  const filters = trailFilters(tenant, readTrailState(await searchParams));
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await queryClient.prefetchInfiniteQuery({
    ...trailQuery(filters),
    queryFn: () => listTrail(actor, trailSearch.parse(filters)),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TrailBrowser slug={tenant} />
    </HydrationBoundary>
  );
}
