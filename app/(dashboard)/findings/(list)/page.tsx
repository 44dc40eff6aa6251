import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FindingBrowser } from "../../../../components/findings/finding-browser.tsx";
import { requireActor } from "../../../../lib/auth/require-actor.ts";
import { findingsQuery } from "../../../../lib/client/findings.ts";
import { createQueryClient } from "../../../../lib/client/query-client.ts";
import { findingFilters, readFindingState } from "../../../../lib/contracts/finding-parsers.ts";
import { findingSearch } from "../../../../lib/contracts/findings.ts";
import { listFindings } from "../../../../lib/services/findings/list-findings.ts";

export const metadata: Metadata = { title: "Findings" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const filters = findingFilters(readFindingState(await searchParams));
  const queryClient = createQueryClient();
  await queryClient.prefetchInfiniteQuery({
    ...findingsQuery(filters),
    queryFn: () => listFindings(actor, findingSearch.parse(filters)),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <FindingBrowser />
    </HydrationBoundary>
  );
}
