"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { logQuery } from "../../lib/client/ledger.ts";
import type { LogDetail } from "../../lib/contracts/ledger.ts";
import type { LogName } from "../../lib/contracts/ledger-parsers.ts";
import { useTenants } from "../layout/tenants.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Section } from "../ui/section.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CheckpointSection } from "./checkpoint-section.tsx";
import { EpochTable } from "./epoch-table.tsx";
import { LedgerLimits } from "./ledger-limits.tsx";
import { LogFacts } from "./log-facts.tsx";
import { LogKeyTable } from "./log-key-table.tsx";
import { LogNotice } from "./log-notice.tsx";
import { LogSentence } from "./log-sentence.tsx";
import { LogSkeleton } from "./log-skeleton.tsx";
import { StatementList } from "./statement-list.tsx";
import { TrustRootSection } from "./trust-root-section.tsx";
import { VerificationList } from "./verification-list.tsx";

/** One log: is it whole, and what one needs to check that without us. */
export function LogPage({ name, hasOthers }: { name: LogName; hasOthers: boolean }) {
  const log = useQuery(logQuery(name));
  const tenants = useTenants();
  const problem = log.error instanceof ProblemError ? log.error.problem : undefined;
  const title =
    name.log === "system"
      ? "Ledger of the deployment"
      : hasOthers
        ? `Ledger of ${tenants.find(({ slug }) => slug === name.tenant)?.name ?? name.tenant}`
        : "Ledger";
  const refused = problem !== undefined && problem.status >= 400 && problem.status < 500;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        {hasOthers ? (
          <Link
            className="inline-flex w-fit items-center gap-1 text-muted text-sm hover:text-ink print:hidden"
            href="/ledger"
          >
            <ChevronLeft aria-hidden="true" className="size-3.5" />
            All logs
          </Link>
        ) : null}
        <PageHeader
          range={false}
          sentence={
            log.data ? (
              <LogSentence log={log.data} />
            ) : log.isError ? null : (
              <Skeleton className="mt-1 h-4 w-96 max-w-full" />
            )
          }
          title={title}
        />
      </div>
      {refused && !log.data ? (
        <Empty className="rounded-md border bg-surface" kind="no-match" title="There is no such log for you">
          {problem.detail}
        </Empty>
      ) : log.isError ? (
        <ErrorPanel
          code={problem?.code}
          detail={log.error.message}
          onRetry={() => void log.refetch()}
          title={log.data ? "The ledger could not be brought up to date" : "The ledger could not be read"}
        />
      ) : null}
      {log.data ? <LogBody log={log.data} name={name} /> : log.isError ? null : <LogSkeleton />}
      <LedgerLimits />
    </div>
  );
}

function LogBody({ log, name }: { log: LogDetail; name: LogName }) {
  return (
    <>
      <LogNotice log={log} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Section
            note="Asked again every 10 seconds, as often as the signer signs. Times in UTC."
            title="Where it stands"
          >
            <LogFacts log={log} />
          </Section>
          <Section
            note="Every night everything is recomputed from bytes, by two processes that do not share a memory."
            title="Last full check"
          >
            <VerificationList log={log} />
          </Section>
          <CheckpointSection log={log} name={name} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <TrustRootSection trustRoot={log.trustRoot} />
          <Section
            note="The signer's own words, newest first. Each is an entry of this log, too."
            title="Signer"
          >
            <StatementList statements={log.statements} />
          </Section>
        </div>
      </div>
      <Section
        note="A checkpoint carries two signatures: the log's key signs the tree, the clock's key says when."
        title="Keys"
      >
        {log.keys === null ? (
          <p className="p-4 text-base">
            What the database holds as trust root is none: somebody changed it. The signer keeps its own copy,{" "}
            <code className="font-mono text-sm">DOMICILE_HOME/signer/trust-root.json</code>.
          </p>
        ) : (
          <LogKeyTable keys={log.keys} />
        )}
      </Section>
      {log.epochs.length > 1 ? (
        <Section
          note="An epoch ends when its key or its history can no longer be relied on. What stands below the size it was sealed at stays proven; nothing behind it counts."
          title="Epochs"
        >
          <EpochTable epochs={log.epochs} />
        </Section>
      ) : null}
    </>
  );
}
