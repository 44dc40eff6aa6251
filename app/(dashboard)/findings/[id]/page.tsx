import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { FindingPage } from "../../../../components/findings/finding-page.tsx";
import { requireActor } from "../../../../lib/auth/require-actor.ts";
import { findingQuery } from "../../../../lib/client/findings.ts";
import { createQueryClient } from "../../../../lib/client/query-client.ts";
import { getFinding } from "../../../../lib/services/findings/get-finding.ts";

export const metadata: Metadata = { title: "Finding" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const { id } = await params;
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({
    ...findingQuery(id),
    queryFn: () => getFinding(actor, id),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <FindingPage id={id} />
    </HydrationBoundary>
  );
}
