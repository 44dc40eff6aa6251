"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { tenantQuery } from "../../lib/client/tenants.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { AccountSection } from "../accounts/account-section.tsx";
import { Badge } from "../ui/badge.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { RegionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { ApplicationSection } from "./application-section.tsx";
import { CredentialSection } from "./credential-section.tsx";
import { KeySection } from "./key-section.tsx";
import { MemberSection } from "./member-section.tsx";
import { PolicySentences } from "./policy-sentences.tsx";
import { presetTitle } from "./policy-words.ts";
import { TenantSkeleton } from "./tenant-skeleton.tsx";

export type TenantPageProps = {
  slug: string;
  /** Name of the reader, preset as who attests. */
  person: string;
  gatewayUrl: string;
};

/** One tenant: its policy in words, what it may send with, who may send as it. */
export function TenantPage({ slug, person, gatewayUrl }: TenantPageProps) {
  const { data: tenant, error, refetch } = useQuery(tenantQuery(slug));
  if (tenant) return <LoadedTenant gatewayUrl={gatewayUrl} person={person} tenant={tenant} />;
  if (error)
    return <ErrorPanel error={error} onRetry={() => void refetch()} title="The tenant could not be loaded" />;
  return <TenantSkeleton />;
}

type LoadedTenantProps = { tenant: TenantDetail; person: string; gatewayUrl: string };

function LoadedTenant({ tenant, person, gatewayUrl }: LoadedTenantProps) {
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <Link
          className="inline-flex w-fit items-center gap-1 text-muted text-sm hover:text-ink"
          href="/settings/tenants"
        >
          <ChevronLeft aria-hidden="true" className="size-3.5" />
          Tenants
        </Link>
        <PageHeader
          range={false}
          sentence={<TenantSentence tenant={tenant} />}
          tenant={false}
          title={tenant.name}
        />
      </div>
      <Section
        action={<Badge>Version {tenant.policyVersion}</Badge>}
        note={`${presetTitle(tenant.preset)}. Each call is judged by the version in force when it began.`}
        title="Policy"
      >
        <div className="flex flex-col gap-3 p-4">
          <PolicySentences sentences={tenant.policySentences} />
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm print:hidden">
            <Link className="text-accent-ink hover:underline" href={`/settings/policies/${tenant.slug}`}>
              Versions and proposals
            </Link>
            <Link className="text-accent-ink hover:underline" href={`/settings/policies/${tenant.slug}/edit`}>
              Edit
            </Link>
            <Link
              className="text-accent-ink hover:underline"
              href={`/settings/policies/${tenant.slug}/simulator`}
            >
              Simulate a call
            </Link>
          </p>
        </div>
      </Section>
      <ApplicationSection tenant={tenant} />
      <KeySection gatewayUrl={gatewayUrl} tenant={tenant} />
      <CredentialSection person={person} tenant={tenant} />
      <AccountSection tenant={tenant} />
      <MemberSection members={tenant.members} slug={tenant.slug} />
    </div>
  );
}

function TenantSentence({ tenant }: { tenant: TenantDetail }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <code className="font-mono text-sm">{tenant.slug}</code>
      <span aria-hidden="true" className="max-sm:hidden">
        ·
      </span>
      {tenant.mode === "simulated" ? <SimulatedBadge /> : <Badge>Live</Badge>}
      <span aria-hidden="true" className="max-sm:hidden">
        ·
      </span>
      <RegionName code={tenant.homeRegion ?? "global"} />
      <span aria-hidden="true" className="max-sm:hidden">
        ·
      </span>
      <span>{tenant.enforcement === "block" ? "blocks" : "observes"} what is outside policy</span>
      <span aria-hidden="true" className="max-sm:hidden">
        ·
      </span>
      <span>you are {tenant.role}</span>
    </span>
  );
}
