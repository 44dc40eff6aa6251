import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { ModelsPage } from "../../../components/models/models-page.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { catalogQuery } from "../../../lib/client/catalog.ts";
import { modelsQuery } from "../../../lib/client/models.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { modelPageParsers } from "../../../lib/contracts/catalog-parsers.ts";
import { modelsSearch } from "../../../lib/contracts/models.ts";
import { getCatalog } from "../../../lib/services/catalog/get-catalog.ts";
import { getModels } from "../../../lib/services/models/get-models.ts";

export const metadata: Metadata = { title: "Models" };

const readSearch = createLoader(modelPageParsers);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const tenant = readSearch(await searchParams).tenant ?? undefined;
  const queryClient = createQueryClient();
  await Promise.all([
    queryClient.prefetchQuery({ ...catalogQuery(), queryFn: () => getCatalog(actor), retry: false }),
    queryClient.prefetchQuery({
      ...modelsQuery(tenant),
      queryFn: () => getModels(actor, modelsSearch.parse({ tenant })),
      retry: false,
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ModelsPage />
    </HydrationBoundary>
  );
}
