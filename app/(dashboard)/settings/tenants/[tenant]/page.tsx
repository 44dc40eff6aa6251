import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { TenantPage } from "../../../../../components/tenants/tenant-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { accountsQuery } from "../../../../../lib/client/accounts.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { tenantQuery } from "../../../../../lib/client/tenants.ts";
import { webSettings } from "../../../../../lib/env/web-settings.ts";
import { getAccounts } from "../../../../../lib/services/accounts/get-accounts.ts";
import { getTenant } from "../../../../../lib/services/tenants/get-tenant.ts";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).tenant };
}

export default async function Page({ params }: Props) {
  const actor = await requireActor();
  const { tenant } = await params;
  const queryClient = createQueryClient();
  await Promise.all([
    queryClient.prefetchQuery({
      ...tenantQuery(tenant),
      queryFn: () => getTenant(actor, tenant),
      retry: false,
    }),
    queryClient.prefetchQuery({
      ...accountsQuery(tenant),
      queryFn: () => getAccounts(actor, tenant),
      retry: false,
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TenantPage gatewayUrl={webSettings().publicGatewayUrl} person={actor.name} slug={tenant} />
    </HydrationBoundary>
  );
}
