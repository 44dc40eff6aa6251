import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { LedgerBrowser } from "../../../components/ledger/ledger-browser.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { checkpointsQuery, ledgerQuery, logQuery } from "../../../lib/client/ledger.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { checkpointSearch, logSearch } from "../../../lib/contracts/ledger.ts";
import { logNameOf, readLedgerState } from "../../../lib/contracts/ledger-parsers.ts";
import { getLedger } from "../../../lib/services/ledger/get-ledger.ts";
import { getLog } from "../../../lib/services/ledger/get-log.ts";
import { listCheckpoints } from "../../../lib/services/ledger/list-checkpoints.ts";

export const metadata: Metadata = { title: "Ledger" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const { memberships, deploymentAdmin } = actor;
  const only = memberships.length === 1 && !deploymentAdmin ? (memberships[0]?.slug ?? null) : null;
  const name = logNameOf(readLedgerState(await searchParams), only);
  const queryClient = createQueryClient();
  if (name === null) {
    const query = ledgerQuery(null);
    await queryClient.prefetchQuery({ ...query, queryFn: () => getLedger(actor, {}), retry: false });
  } else {
    const queryFn = () => getLog(actor, logSearch.parse(name));
    await Promise.all([
      queryClient.prefetchQuery({ ...logQuery(name), queryFn, retry: false }),
      queryClient.prefetchInfiniteQuery({
        ...checkpointsQuery(name),
        queryFn: () => listCheckpoints(actor, checkpointSearch.parse(name)),
        retry: false,
      }),
    ]);
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LedgerBrowser none={memberships.length === 0 && !deploymentAdmin} only={only} />
    </HydrationBoundary>
  );
}
