"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { reportsQuery } from "../../lib/client/reports.ts";
import { reportPageParsers } from "../../lib/contracts/report-parsers.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { useTenants } from "../layout/tenants.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { Section } from "../ui/section.tsx";
import { BuildForm } from "./build-form.tsx";
import { ChooseTenant } from "./choose-tenant.tsx";
import { ReportList } from "./report-list.tsx";
import { ScheduleSection } from "./schedule-section.tsx";
import { VerifyHint } from "./verify-hint.tsx";

/** Roles that may have a pack built and take it away. */
const mayBuild = (role: string): boolean => role !== "developer";

/** The page `/reports`: prove it. */
export function ReportsBrowser({ today }: { today: string }) {
  const tenants = useTenants();
  const [tenant] = useQueryState("tenant", reportPageParsers.tenant);
  const { data, error, isPending, refetch } = useQuery(reportsQuery(tenant));
  const about = tenants.length === 1 ? tenants[0] : tenants.find(({ slug }) => slug === tenant);
  const canBuild = (slug: string) => tenants.some((each) => each.slug === slug && mayBuild(each.role));
  const nameOf = (slug: string) => tenants.find((each) => each.slug === slug)?.name ?? slug;
  const ready = data?.items.filter(({ state }) => state === "ready").length ?? 0;
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        range={false}
        sentence={
          <p data-testid="reports-answer">
            {data
              ? ready === 0
                ? "No pack has been built yet. A pack proves to a stranger what the record says, without a network and without trusting us."
                : `${formatNoun(ready, "pack")} that a stranger can verify, without a network and without trusting us.`
              : "Packs that a stranger can verify, without a network and without trusting us."}
          </p>
        }
        title="Reports"
      />
      {error ? (
        <ErrorPanel
          error={error}
          onRetry={() => void refetch()}
          title="The reports could not be brought up to date"
        />
      ) : null}
      {tenants.length === 0 ? (
        <Empty className="rounded-md border bg-surface" kind="no-data" title="You are a member of no tenant">
          A report is about one tenant. An administrator adds you to one under Settings.
        </Empty>
      ) : (
        <>
          <BuildSection tenant={about ?? null} today={today} />
          <ReportList canBuild={canBuild} isLoading={isPending} items={data?.items ?? []} nameOf={nameOf} />
          <ScheduleSection isLoading={isPending} nameOf={nameOf} schedules={data?.schedules ?? []} />
          <VerifyHint />
        </>
      )}
    </div>
  );
}

function BuildSection({ tenant, today }: { tenant: TenantSummary | null; today: string }) {
  if (tenant !== null && mayBuild(tenant.role))
    return <BuildForm key={tenant.slug} tenant={tenant} today={today} />;
  return (
    <Section className="print:hidden" title="Build a report">
      <div className="p-4 text-sm">
        {tenant === null ? (
          <ChooseTenant />
        ) : (
          <p className="text-muted">
            Admins, officers and auditors of {tenant.name} have reports built and download them. You see which
            there are.
          </p>
        )}
      </div>
    </Section>
  );
}
