import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { AlertPage } from "../../../../../components/alerts/alert-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { alertsQuery, deliveriesQuery } from "../../../../../lib/client/alerts.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { readAlertState } from "../../../../../lib/contracts/alert-parsers.ts";
import { deliverySearch } from "../../../../../lib/contracts/alerts.ts";
import { getAlerts } from "../../../../../lib/services/alerts/get-alerts.ts";
import { listDeliveries } from "../../../../../lib/services/alerts/list-deliveries.ts";

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Alerts" };

export default async function Page({ params, searchParams }: Props) {
  const { tenant } = await params;
  const { state } = readAlertState(await searchParams);
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await Promise.all([
    queryClient.prefetchQuery({
      ...alertsQuery(tenant),
      queryFn: () => getAlerts(actor, tenant),
      retry: false,
    }),
    queryClient.prefetchInfiniteQuery({
      ...deliveriesQuery(tenant, state),
      queryFn: () => listDeliveries(actor, deliverySearch.parse({ tenant, state })),
      retry: false,
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AlertPage slug={tenant} />
    </HydrationBoundary>
  );
}
