import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { createLoader, type SearchParams } from "nuqs/server";
import { ConnectPage } from "../../../components/connect/connect-page.tsx";
import { chosenTenant } from "../../../components/playground/chosen-tenant.ts";
import { Button } from "../../../components/ui/button.tsx";
import { PageHeader } from "../../../components/ui/page-header.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { tenantQuery } from "../../../lib/client/tenants.ts";
import { connectParsers } from "../../../lib/contracts/connect-parsers.ts";
import { webSettings } from "../../../lib/env/web-settings.ts";
import { getTenant } from "../../../lib/services/tenants/get-tenant.ts";
import { listTenants } from "../../../lib/services/tenants/list-tenants.ts";

export const metadata: Metadata = { title: "Connect" };

const readSearch = createLoader(connectParsers);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const search = readSearch(await searchParams);
  const tenant = chosenTenant(await listTenants(actor), search.tenant);
  const { publicGatewayUrl, publicUrl } = webSettings();
  const queryClient = createQueryClient();
  if (tenant)
    await queryClient.prefetchQuery({
      ...tenantQuery(tenant.slug),
      queryFn: () => getTenant(actor, tenant.slug),
      retry: false,
    });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="flex flex-col gap-5">
        <PageHeader
          actions={
            <Button asChild>
              <Link href="/connect/import">Import a file</Link>
            </Button>
          }
          range={false}
          sentence="How do I start? A key, two lines of your client, and the first call with what the record says of it."
          tenant={false}
          title="Connect"
        />
        <ConnectPage gatewayUrl={publicGatewayUrl} webUrl={publicUrl} />
      </div>
    </HydrationBoundary>
  );
}
