import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { CoveragePage } from "../../../../components/coverage/coverage-page.tsx";
import { requireActor } from "../../../../lib/auth/require-actor.ts";
import { coverageQuery } from "../../../../lib/client/coverage.ts";
import { createQueryClient } from "../../../../lib/client/query-client.ts";
import { coverageSearchOf, readCoverageState } from "../../../../lib/contracts/coverage-parsers.ts";
import { getCoverage } from "../../../../lib/services/usage/get-coverage.ts";

export const metadata: Metadata = { title: "Beside OpenAI's figures" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const state = readCoverageState(await searchParams);
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({
    ...coverageQuery(state),
    queryFn: () => getCoverage(actor, coverageSearchOf(state)),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <CoveragePage />
    </HydrationBoundary>
  );
}
