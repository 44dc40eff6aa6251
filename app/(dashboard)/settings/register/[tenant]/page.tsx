import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RegisterPage } from "../../../../../components/register/register-page.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../../../lib/client/query-client.ts";
import { registerQuery } from "../../../../../lib/client/register.ts";
import { Refusal } from "../../../../../lib/services/refusal.ts";
import { getRegister } from "../../../../../lib/services/register/get-register.ts";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "Register" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  const actor = await requireActor();
  const queryClient = createQueryClient();
  try {
    await queryClient.fetchQuery({
      ...registerQuery(tenant),
      queryFn: () => getRegister(actor, tenant),
      retry: false,
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    // Everything else is shown by the page's failed face, which can ask again.
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RegisterPage slug={tenant} />
    </HydrationBoundary>
  );
}
