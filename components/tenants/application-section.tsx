import Link from "next/link";
import { useId } from "react";
import type { ApplicationSummary } from "../../lib/contracts/applications.ts";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { dataCategoryWords } from "../../lib/core/findings/data-category.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { DeclareApplicationDialog } from "./declare-application-dialog.tsx";
import { environmentWords } from "./environment-words.ts";
import { permissionReason } from "./permission-reason.ts";

/** The tenant's systems that call, and what is declared of each. */
export function ApplicationSection({ tenant }: { tenant: TenantDetail }) {
  const forbidden = permissionReason(tenant.role, "application:declare");
  const reasonId = useId();
  const columns: readonly Column<ApplicationSummary>[] = [
    ...described(tenant.slug),
    {
      id: "action",
      header: <span className="sr-only">Action</span>,
      align: "right",
      cell: (application) => (
        <DeclareApplicationDialog
          application={application}
          disabledBy={forbidden === null ? null : reasonId}
          tenant={tenant}
        />
      ),
    },
  ];
  return (
    <Section
      action={
        <ExportDialog
          about={[
            { term: "Rows", words: formatNoun(tenant.applications.length, "application") },
            { term: "Tenant", words: tenant.slug },
          ]}
          noun="applications"
          params={new URLSearchParams({ tenant: tenant.slug })}
          path="/api/applications/export"
          size="sm"
        />
      }
      note="What each sends and who answers for it, as declared. The data decides how severe a finding is. A key of a new name makes a new application."
      title="Applications"
    >
      {forbidden === null ? null : (
        <p className="border-b px-4 py-2 text-muted text-sm" id={reasonId}>
          {forbidden}
        </p>
      )}
      <DataTable
        caption="Applications of the tenant"
        columns={columns}
        empty={
          <Empty kind="no-data" title="No application yet">
            Make a key for one.
          </Empty>
        }
        rowKey={({ id }) => id}
        rows={tenant.applications}
      />
    </Section>
  );
}

function described(tenant: string): readonly Column<ApplicationSummary>[] {
  return [
    {
      id: "name",
      header: "Application",
      cell: ({ name, environment }) => (
        <Button asChild look="link">
          <Link href={callsHref({ tenant, application: [name], environment: [environment] })}>{name}</Link>
        </Button>
      ),
    },
    {
      id: "environment",
      header: "Environment",
      cell: ({ environment }) => environmentWords[environment],
    },
    {
      id: "data",
      header: "Data",
      cell: ({ dataCategory }) => (
        <span className={dataCategory === "unknown" ? "text-faint" : undefined}>
          {dataCategoryWords[dataCategory]}
        </span>
      ),
    },
    {
      id: "purpose",
      header: "Purpose",
      cell: ({ purpose }) =>
        purpose === "" ? <span className="text-faint">Not declared</span> : <span>{purpose}</span>,
    },
    {
      id: "owner",
      header: "Owner",
      cell: ({ owner }) => owner ?? <span className="text-faint">Nobody named</span>,
    },
  ];
}
