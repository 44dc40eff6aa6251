import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ResourceBrowser } from "../../../components/resources/resource-browser.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { resourceQuery, resourcesQuery } from "../../../lib/client/resources.ts";
import {
  readObjectName,
  readResourceState,
  resourceFilters,
} from "../../../lib/contracts/resource-parsers.ts";
import { resourceSearch } from "../../../lib/contracts/resources.ts";
import { getResource } from "../../../lib/services/resources/get-resource.ts";
import { listResources } from "../../../lib/services/resources/list-resources.ts";

export const metadata: Metadata = { title: "Resources" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const state = readResourceState(await searchParams);
  const filters = resourceFilters(state);
  const open = readObjectName(state.object);
  const queryClient = createQueryClient();
  await Promise.all([
    queryClient.prefetchInfiniteQuery({
      ...resourcesQuery(filters),
      queryFn: () => listResources(actor, resourceSearch.parse(filters)),
      retry: false,
    }),
    open === null
      ? null
      : queryClient.prefetchQuery({
          ...resourceQuery(open),
          queryFn: () => getResource(actor, open),
          retry: false,
        }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ResourceBrowser />
    </HydrationBoundary>
  );
}
