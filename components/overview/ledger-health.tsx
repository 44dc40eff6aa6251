"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ledgerQuery } from "../../lib/client/ledger.ts";
import { hrefForTenant } from "../layout/dashboard-pages.ts";
import { LedgerAnswer } from "../ledger/ledger-sentence.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** One line about the ledger of what this page counts: is the record behind these figures whole? */
export function LedgerHealth({ tenant }: { tenant: string | null }) {
  const ledger = useQuery(ledgerQuery(tenant));
  return (
    <section
      aria-label="Ledger"
      className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 rounded-md border bg-surface px-4 py-2 text-sm"
    >
      <p className="min-w-0">
        <span className="mr-2 font-semibold">Ledger</span>
        {ledger.data ? (
          <LedgerAnswer logs={ledger.data.logs} />
        ) : ledger.isError ? (
          <span className="text-muted">Whether the record is whole could not be read.</span>
        ) : (
          <Skeleton className="inline-block h-3.5 w-72 max-w-full align-middle" />
        )}
      </p>
      <Link
        className="text-accent-ink underline-offset-4 hover:underline"
        href={hrefForTenant("/ledger", tenant)}
      >
        Open the ledger
      </Link>
    </section>
  );
}
