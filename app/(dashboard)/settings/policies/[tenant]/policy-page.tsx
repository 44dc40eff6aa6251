import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { policiesQuery } from "../../../../../lib/client/policies.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { getPolicies } from "../../../../../lib/services/policies/get-policies.ts";
import { Refusal } from "../../../../../lib/services/refusal.ts";

/** A page about one tenant's policies, which are there when it arrives. */
export async function PolicyPage({ tenant, children }: { tenant: string; children: ReactNode }) {
  const actor = await requireActor();
  const queryClient = createQueryClient();
  try {
    await queryClient.fetchQuery({
      ...policiesQuery(tenant),
      queryFn: () => getPolicies(actor, tenant),
      retry: false,
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    // Everything else is shown by the page's failed face, which can ask again.
  }
  return <HydrationBoundary state={dehydrate(queryClient)}>{children}</HydrationBoundary>;
}
