import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ResourceBrowser } from "../../../components/resources/resource-browser.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { resourcesQuery } from "../../../lib/client/resources.ts";
import { readResourceState, resourceFilters } from "../../../lib/contracts/resource-parsers.ts";
import { resourceSearch } from "../../../lib/contracts/resources.ts";
import { listResources } from "../../../lib/services/resources/list-resources.ts";

export const metadata: Metadata = { title: "Resources" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const filters = resourceFilters(readResourceState(await searchParams));
  const queryClient = createQueryClient();
  await queryClient.prefetchInfiniteQuery({
    ...resourcesQuery(filters),
    queryFn: () => listResources(actor, resourceSearch.parse(filters)),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ResourceBrowser />
    </HydrationBoundary>
  );
}
