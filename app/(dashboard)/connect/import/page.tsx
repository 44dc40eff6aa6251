import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { createLoader, type SearchParams } from "nuqs/server";
import { ImportPage } from "../../../../components/imports/import-page.tsx";
import { chosenTenant } from "../../../../components/playground/chosen-tenant.ts";
import { Button } from "../../../../components/ui/button.tsx";
import { PageHeader } from "../../../../components/ui/page-header.tsx";
import { requireActor } from "../../../../lib/auth/require-actor.ts";
import { importsQuery } from "../../../../lib/client/imports.ts";
import { createQueryClient } from "../../../../lib/client/query-client.ts";
import { tenantQuery } from "../../../../lib/client/tenants.ts";
import { importParsers } from "../../../../lib/contracts/import-parsers.ts";
import { listImports } from "../../../../lib/services/imports/list-imports.ts";
import { getTenant } from "../../../../lib/services/tenants/get-tenant.ts";
import { listTenants } from "../../../../lib/services/tenants/list-tenants.ts";

export const metadata: Metadata = { title: "Import" };

const readSearch = createLoader(importParsers);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const search = readSearch(await searchParams);
  const tenant = chosenTenant(await listTenants(actor), search.tenant);
  const queryClient = createQueryClient();
  if (tenant) {
    const { slug } = tenant;
    await Promise.all([
      queryClient.prefetchQuery({
        ...importsQuery(slug),
        queryFn: () => listImports(actor, { tenant: slug }),
        retry: false,
      }),
      queryClient.prefetchQuery({
        ...tenantQuery(slug),
        queryFn: () => getTenant(actor, slug),
        retry: false,
      }),
    ]);
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="flex flex-col gap-5">
        <PageHeader
          actions={
            <Button asChild>
              <Link href="/connect">Other ways in</Link>
            </Button>
          }
          range={false}
          sentence="What do older logs say? Calls of a file are judged as logs, at grade D or E, by the policy of their time."
          tenant={false}
          title="Import a file"
        />
        <ImportPage />
      </div>
    </HydrationBoundary>
  );
}
