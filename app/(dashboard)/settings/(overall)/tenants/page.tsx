import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { TenantList } from "../../../../../components/tenants/tenant-list.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { tenantsQuery } from "../../../../../lib/client/tenants.ts";
import { listTenants } from "../../../../../lib/services/tenants/list-tenants.ts";

export const metadata: Metadata = { title: "Tenants" };

export default async function Page() {
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({ ...tenantsQuery(), queryFn: () => listTenants(actor), retry: false });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TenantList mayCreate={actor.deploymentAdmin} />
    </HydrationBoundary>
  );
}
