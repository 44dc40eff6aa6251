import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { PeoplePage } from "../../../../../components/people/people-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { membersQuery, peopleQuery } from "../../../../../lib/client/people.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { listMembers } from "../../../../../lib/services/people/list-members.ts";
import { listPeople } from "../../../../../lib/services/people/list-people.ts";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "People" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  const actor = await requireActor();
  const queryClient = createQueryClient();
  if (actor.deploymentAdmin)
    await queryClient.prefetchQuery({ ...peopleQuery(), queryFn: () => listPeople(actor), retry: false });
  await queryClient.prefetchQuery({
    ...membersQuery(tenant),
    queryFn: () => listMembers(actor, tenant),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PeoplePage deploymentAdmin={actor.deploymentAdmin} slug={tenant} />
    </HydrationBoundary>
  );
}
