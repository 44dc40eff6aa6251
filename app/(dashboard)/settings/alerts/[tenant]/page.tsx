import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { AlertPage } from "../../../../../components/alerts/alert-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { alertsQuery, deliveriesQuery } from "../../../../../lib/client/alerts.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { readAlertState } from "../../../../../lib/contracts/alert-parsers.ts";
import { deliverySearch } from "../../../../../lib/contracts/alerts.ts";
import { getAlerts } from "../../../../../lib/services/alerts/get-alerts.ts";
import { listDeliveries } from "../../../../../lib/services/alerts/list-deliveries.ts";
import { Refusal } from "../../../../../lib/services/refusal.ts";

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Alerts" };

export default async function Page({ params, searchParams }: Props) {
  const { tenant } = await params;
  const { state } = readAlertState(await searchParams);
  const actor = await requireActor();
  const queryClient = createQueryClient();
  try {
    await queryClient.fetchQuery({
      ...alertsQuery(tenant),
      queryFn: () => getAlerts(actor, tenant),
      retry: false,
    });
    await queryClient.prefetchInfiniteQuery({
      ...deliveriesQuery(tenant, state),
      queryFn: () => listDeliveries(actor, deliverySearch.parse({ tenant, state })),
      retry: false,
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    // Everything else is shown by the page's failed face, which can ask again.
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AlertPage slug={tenant} />
    </HydrationBoundary>
  );
}
