import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RegisterPage } from "../../../../../components/register/register-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { registerQuery } from "../../../../../lib/client/register.ts";
import { getRegister } from "../../../../../lib/services/register/get-register.ts";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "Register" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  const actor = await requireActor();
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery({
    ...registerQuery(tenant),
    queryFn: () => getRegister(actor, tenant),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RegisterPage slug={tenant} />
    </HydrationBoundary>
  );
}
