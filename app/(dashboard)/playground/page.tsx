import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { defaultModel } from "../../../components/playground/chat-models.ts";
import { chosenTenant } from "../../../components/playground/chosen-tenant.ts";
import { Playground } from "../../../components/playground/playground.tsx";
import { PageHeader } from "../../../components/ui/page-header.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { targetOutlooksQuery } from "../../../lib/client/playground.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { playgroundParsers } from "../../../lib/contracts/playground-parsers.ts";
import { webSettings } from "../../../lib/env/web-settings.ts";
import { listTargetOutlooks } from "../../../lib/services/playground/list-target-outlooks.ts";
import { listTenants } from "../../../lib/services/tenants/list-tenants.ts";

export const metadata: Metadata = { title: "Playground" };

const readSearch = createLoader(playgroundParsers);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const search = readSearch(await searchParams);
  const tenant = chosenTenant(await listTenants(actor), search.tenant);
  const model = search.model ?? defaultModel;
  const queryClient = createQueryClient();
  if (tenant)
    await queryClient.prefetchQuery({
      ...targetOutlooksQuery(tenant.slug, model),
      queryFn: () => listTargetOutlooks(actor, { tenant: tenant.slug, model }),
      retry: false,
    });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="flex flex-col gap-5">
        <PageHeader
          range={false}
          sentence="Does the path hold? One call through the gateway: where it went, and what the record says of it."
          tenant={false}
          title="Playground"
        />
        <Playground gatewayUrl={webSettings().publicGatewayUrl} />
      </div>
    </HydrationBoundary>
  );
}
