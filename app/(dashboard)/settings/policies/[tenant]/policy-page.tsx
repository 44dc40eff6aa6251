import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { policiesQuery } from "../../../../../lib/client/policies.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { getPolicies } from "../../../../../lib/services/policies/get-policies.ts";

/** A page about one tenant's policies, which are there when it arrives. */
export async function PolicyPage({ tenant, children }: { tenant: string; children: ReactNode }) {
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({
    ...policiesQuery(tenant),
    queryFn: () => getPolicies(actor, tenant),
    retry: false,
  });
  return <HydrationBoundary state={dehydrate(queryClient)}>{children}</HydrationBoundary>;
}
