import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RetentionPage } from "../../../../../components/retention/retention-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { retentionQuery } from "../../../../../lib/client/retention.ts";
import { getRetention } from "../../../../../lib/services/retention/get-retention.ts";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "Retention" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({
    ...retentionQuery(tenant),
    queryFn: () => getRetention(actor, tenant),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RetentionPage slug={tenant} />
    </HydrationBoundary>
  );
}
