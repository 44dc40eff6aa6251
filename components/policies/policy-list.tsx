"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { tenantsQuery } from "../../lib/client/tenants.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { policyColumns } from "../tenants/policy-columns.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { PageHeader } from "../ui/page-header.tsx";

/** The policy in force of every tenant the reader is a member of. */
export function PolicyList() {
  const router = useRouter();
  const { data, error, refetch } = useQuery(tenantsQuery());
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        range={false}
        sentence="Where each tenant's calls may go. What allows more than before needs two people."
        tenant={false}
        title="Policies"
      />
      {error && !data ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} title="The policies could not be loaded" />
      ) : (
        <div className="overflow-hidden rounded-md border bg-surface">
          <DataTable
            caption="Policies in force"
            columns={columns}
            empty={<Empty kind="no-data" title="You are a member of no tenant yet" />}
            isLoading={!data}
            onOpen={({ slug }) => router.push(`/settings/policies/${slug}`)}
            rowKey={({ id }) => id}
            rows={data ?? []}
          />
        </div>
      )}
    </div>
  );
}

const columns: readonly Column<TenantSummary>[] = [
  {
    id: "name",
    header: "Tenant",
    cell: ({ slug, name }) => (
      <Link className="font-medium hover:text-accent-ink" href={`/settings/policies/${slug}`}>
        {name}
      </Link>
    ),
  },
  ...policyColumns,
];
