import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { failingQuery } from "../../../lib/client/alerts.ts";
import { waitingQuery } from "../../../lib/client/decisions.ts";
import { ledgerQuery } from "../../../lib/client/ledger.ts";
import { overviewQuery } from "../../../lib/client/overview.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { overviewSearchOf, readOverviewState } from "../../../lib/contracts/overview-parsers.ts";
import { listFailing } from "../../../lib/services/alerts/list-failing.ts";
import { listWaiting } from "../../../lib/services/decisions/list-waiting.ts";
import { getLedger } from "../../../lib/services/ledger/get-ledger.ts";
import { getOverview } from "../../../lib/services/overview/get-overview.ts";
import { OverviewPage } from "./overview.client.tsx";

export const metadata: Metadata = { title: "Overview" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const state = readOverviewState(await searchParams);
  const queryClient = createQueryClient();
  const tenant = state.tenant ?? undefined;
  await Promise.all([
    queryClient.prefetchQuery({
      ...overviewQuery(state),
      queryFn: () => getOverview(actor, overviewSearchOf(state)),
      retry: false,
    }),
    queryClient.prefetchQuery({
      ...ledgerQuery(state.tenant),
      queryFn: () => getLedger(actor, { tenant }),
      retry: false,
    }),
    queryClient.prefetchQuery({
      ...failingQuery(state.tenant),
      queryFn: () => listFailing(actor, { tenant }),
      retry: false,
    }),
    queryClient.prefetchQuery({
      ...waitingQuery(state.tenant),
      queryFn: () => listWaiting(actor, { tenant }),
      retry: false,
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OverviewPage />
    </HydrationBoundary>
  );
}
