import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DeploymentPeople } from "../../../../../components/people/deployment-people.tsx";
import { Empty } from "../../../../../components/ui/empty.tsx";
import { PageHeader } from "../../../../../components/ui/page-header.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { peopleQuery } from "../../../../../lib/client/people.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { listPeople } from "../../../../../lib/services/people/list-people.ts";

export const metadata: Metadata = { title: "People" };

/** Of the first tenant; an administrator of the deployment who is in none has the deployment's people. */
export default async function Page() {
  const actor = await requireActor();
  const [first] = actor.memberships;
  if (first) redirect(`/settings/people/${encodeURIComponent(first.slug)}`);
  if (!actor.deploymentAdmin) return <Empty kind="no-data" title="You are a member of no tenant yet" />;
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({ ...peopleQuery(), queryFn: () => listPeople(actor), retry: false });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="flex flex-col gap-5">
        <PageHeader
          range={false}
          sentence="You are a member of no tenant yet. Create one under Tenants, and add people to it here."
          tenant={false}
          title="People"
        />
        <DeploymentPeople />
      </div>
    </HydrationBoundary>
  );
}
