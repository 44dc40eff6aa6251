import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { UsagePage } from "../../../components/usage/usage-page.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { usageQuery } from "../../../lib/client/usage.ts";
import { readUsageState, usageSearchOf } from "../../../lib/contracts/usage-parsers.ts";
import { getUsage } from "../../../lib/services/usage/get-usage.ts";

export const metadata: Metadata = { title: "Usage" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const state = readUsageState(await searchParams);
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({
    ...usageQuery(state),
    queryFn: () => getUsage(actor, usageSearchOf(state)),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <UsagePage />
    </HydrationBoundary>
  );
}
