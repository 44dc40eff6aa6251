"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ledgerQuery } from "../../lib/client/ledger.ts";
import type { LedgerOverview, LogSummary } from "../../lib/contracts/ledger.ts";
import { logHref } from "../../lib/contracts/ledger-parsers.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { useTenants } from "../layout/tenants.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatCount } from "../ui/format-number.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { Section } from "../ui/section.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { LedgerLimits } from "./ledger-limits.tsx";
import { LedgerSentence } from "./ledger-sentence.tsx";
import { LogBadge } from "./log-badge.tsx";
import { since } from "./log-sentence.tsx";
import { TrustRootSection } from "./trust-root-section.tsx";

/** Every log the reader may see, one row each. */
export function LogIndex() {
  const ledger = useQuery(ledgerQuery(null));
  const router = useRouter();
  const names = new Map(useTenants().map(({ slug, name }) => [slug, name]));
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        range={false}
        sentence={
          ledger.data ? (
            <LedgerSentence ledger={ledger.data} />
          ) : ledger.isError ? null : (
            <Skeleton className="mt-1 h-4 w-96 max-w-full" />
          )
        }
        title="Ledger"
      />
      {ledger.isError ? (
        <ErrorPanel
          error={ledger.error}
          onRetry={() => void ledger.refetch()}
          title={ledger.data ? "The logs could not be brought up to date" : "The logs could not be listed"}
        />
      ) : null}
      {ledger.isError && !ledger.data ? null : (
        <Section note="One log per tenant, with nothing of another's in it. Times in UTC." title="Logs">
          <DataTable
            caption="Every log you may read"
            columns={columns(names, ledger.data)}
            isLoading={ledger.data === undefined}
            onOpen={(log) => router.push(logHref(log))}
            rowKey={({ log, tenant }) => `${log} ${tenant}`}
            rows={ledger.data?.logs ?? []}
            skeletonRows={4}
          />
        </Section>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <LedgerLimits />
        {ledger.data ? <TrustRootSection trustRoot={ledger.data.trustRoot} /> : null}
      </div>
    </div>
  );
}

function columns(
  names: ReadonlyMap<string, string>,
  ledger: LedgerOverview | undefined,
): readonly Column<LogSummary>[] {
  return [
    {
      id: "log",
      header: "Log",
      cell: ({ tenant }) => (
        <span className="font-medium">
          {tenant === null ? "The deployment itself" : (names.get(tenant) ?? tenant)}
        </span>
      ),
    },
    { id: "state", header: "State", cell: ({ state }) => <LogBadge state={state} /> },
    { id: "entries", header: "Entries", align: "right", cell: ({ entries }) => formatCount(entries) },
    { id: "waiting", header: "Waiting", align: "right", cell: ({ waiting }) => formatCount(waiting) },
    {
      id: "checkpoint",
      header: "Newest checkpoint",
      cell: ({ checkpoint }) =>
        checkpoint === null ? (
          <span className="text-faint">None</span>
        ) : (
          <span className="flex items-baseline gap-2">
            <Time at={checkpoint.signedAt} precision="second" short />
            <span className="text-faint text-xs">
              {ledger ? `${since(checkpoint.signedAt, ledger.asOf)} ago` : null}
            </span>
          </span>
        ),
    },
    {
      id: "verified",
      header: "Recomputed in full",
      cell: ({ verifiedAt }) =>
        verifiedAt === null ? <span className="text-faint">Not yet</span> : <Time at={verifiedAt} short />,
    },
  ];
}
