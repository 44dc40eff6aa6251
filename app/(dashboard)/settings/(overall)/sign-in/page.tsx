import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { SignInPage } from "../../../../../components/sign-in/sign-in-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { ownSignInQuery, signInOverviewQuery } from "../../../../../lib/client/sign-in-overview.ts";
import { getOwnSignIn } from "../../../../../lib/services/identities/get-own-sign-in.ts";
import { getSignInOverview } from "../../../../../lib/services/identities/get-sign-in-overview.ts";

export const metadata: Metadata = { title: "Sign-in" };

export default async function Page() {
  const actor = await requireActor();
  const queryClient = createQueryClient();
  const once = { retry: false } as const;
  await Promise.all([
    queryClient.prefetchQuery({ ...ownSignInQuery(), queryFn: () => getOwnSignIn(actor), ...once }),
    actor.deploymentAdmin
      ? queryClient.prefetchQuery({
          ...signInOverviewQuery(),
          queryFn: () => getSignInOverview(actor),
          ...once,
        })
      : undefined,
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <SignInPage deploymentAdmin={actor.deploymentAdmin} email={actor.email} />
    </HydrationBoundary>
  );
}
