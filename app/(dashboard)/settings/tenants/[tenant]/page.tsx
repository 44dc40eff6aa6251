import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TenantPage } from "../../../../../components/tenants/tenant-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { tenantQuery } from "../../../../../lib/client/tenants.ts";
import { webSettings } from "../../../../../lib/env.ts";
import { Refusal } from "../../../../../lib/services/refusal.ts";
import { getTenant } from "../../../../../lib/services/tenants/get-tenant.ts";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).tenant };
}

export default async function Page({ params }: Props) {
  const actor = await requireActor();
  const { tenant } = await params;
  const queryClient = createQueryClient();
  try {
    await queryClient.fetchQuery({
      ...tenantQuery(tenant),
      queryFn: () => getTenant(actor, tenant),
      retry: false,
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    // Everything else is shown by the page's failed face, which can ask again.
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TenantPage gatewayUrl={webSettings().publicGatewayUrl} person={actor.name} slug={tenant} />
    </HydrationBoundary>
  );
}
