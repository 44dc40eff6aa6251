import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { SessionPage } from "../../../../../components/settings/session-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { sessionsQuery } from "../../../../../lib/client/sessions.ts";
import { listSessions } from "../../../../../lib/services/sessions/list-sessions.ts";

export const metadata: Metadata = { title: "Sessions" };

export default async function Page() {
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({ ...sessionsQuery(), queryFn: () => listSessions(actor), retry: false });
  const administers = actor.memberships.some(({ role }) => role === "admin");
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <SessionPage administers={administers} email={actor.email} />
    </HydrationBoundary>
  );
}
