"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { tenantsQuery } from "../../lib/client/tenants.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { Time } from "../ui/time.tsx";
import { policyColumns } from "./policy-columns.tsx";

/** The tenants the reader is a member of, each with the policy in force. */
export function TenantList({ mayCreate }: { mayCreate: boolean }) {
  const router = useRouter();
  const { data, error, refetch } = useQuery(tenantsQuery());
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        actions={<CreateLink mayCreate={mayCreate} />}
        range={false}
        sentence={data ? <TenantsSentence tenants={data} /> : null}
        tenant={false}
        title="Tenants"
      />
      {mayCreate ? null : (
        <p className="text-muted text-sm" id="create-reason">
          Only an administrator of the deployment creates tenants.
        </p>
      )}
      {error && !data ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} title="The tenants could not be loaded" />
      ) : (
        <div className="overflow-hidden rounded-md border bg-surface">
          <DataTable
            caption="Your tenants"
            columns={columns}
            empty={
              <Empty kind="no-data" title="You are a member of no tenant yet">
                A tenant is a business unit or customer whose calls share one policy. Whoever creates it is
                its first admin.
              </Empty>
            }
            isLoading={!data}
            onOpen={({ slug }) => router.push(`/settings/tenants/${slug}`)}
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
      <span className="flex items-baseline gap-2">
        <Link className="font-medium hover:text-accent-ink" href={`/settings/tenants/${slug}`}>
          {name}
        </Link>
        <span className="font-mono text-faint text-xs">{slug}</span>
      </span>
    ),
  },
  ...policyColumns,
  { id: "role", header: "Your role", cell: ({ role }) => <span className="capitalize">{role}</span> },
  {
    id: "created",
    header: "Created",
    cell: ({ createdAt }) => <Time at={createdAt} className="text-muted" precision="day" />,
  },
];

function TenantsSentence({ tenants }: { tenants: readonly TenantSummary[] }) {
  const blocking = tenants.filter(({ enforcement }) => enforcement === "block").length;
  const observing = tenants.length - blocking;
  return (
    <>
      {formatNoun(tenants.length, "tenant")} · {formatNoun(blocking, "blocks", "block")} ·{" "}
      {formatNoun(observing, "observes", "observe")}
    </>
  );
}

function CreateLink({ mayCreate }: { mayCreate: boolean }) {
  if (!mayCreate)
    return (
      <Button aria-describedby="create-reason" disabled look="primary">
        <Plus aria-hidden="true" />
        Create tenant
      </Button>
    );
  return (
    <Button asChild look="primary">
      <Link href="/settings/tenants/new">
        <Plus aria-hidden="true" />
        Create tenant
      </Link>
    </Button>
  );
}
