import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ReportsBrowser } from "../../../components/reports/reports-browser.tsx";
import { requireActor } from "../../../lib/auth/require-actor.ts";
import { createQueryClient } from "../../../lib/client/query-client.ts";
import { reportsQuery } from "../../../lib/client/reports.ts";
import { readReportsState } from "../../../lib/contracts/report-parsers.ts";
import { listReports } from "../../../lib/services/reports/list-reports.ts";

export const metadata: Metadata = { title: "Reports" };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const { tenant } = readReportsState(await searchParams);
  const queryClient = createQueryClient();
  const queryFn = () => listReports(actor, { tenant: tenant ?? undefined });
  await queryClient.prefetchQuery({ ...reportsQuery(tenant), queryFn, retry: false });
  const today = new Date().toISOString();
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ReportsBrowser today={today} />
    </HydrationBoundary>
  );
}
