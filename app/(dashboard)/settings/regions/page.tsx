import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RegionsPage } from "../../../../components/regions/regions-page.tsx";
import { requireActor } from "../../../../lib/auth/require-actor.ts";
import { catalogQuery } from "../../../../lib/client/catalog.ts";
import { createQueryClient } from "../../../../lib/client/query-client.ts";
import { getCatalog } from "../../../../lib/services/catalog/get-catalog.ts";

export const metadata: Metadata = { title: "Regions" };

export default async function Page() {
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({ ...catalogQuery(), queryFn: () => getCatalog(actor), retry: false });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RegionsPage mayEdit={actor.deploymentAdmin} person={actor.name} />
    </HydrationBoundary>
  );
}
