import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { PricesPage } from "../../../../../components/prices/prices-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { pricesQuery } from "../../../../../lib/client/prices.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { getPriceBook } from "../../../../../lib/services/prices/get-price-book.ts";

export const metadata: Metadata = { title: "Prices" };

export default async function Page() {
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({ ...pricesQuery(), queryFn: () => getPriceBook(actor), retry: false });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PricesPage mayEdit={actor.deploymentAdmin} />
    </HydrationBoundary>
  );
}
