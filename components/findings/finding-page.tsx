"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { findingQuery } from "../../lib/client/findings.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { FindingCase } from "./finding-case.tsx";
import { FindingCaseSkeleton } from "./finding-case-skeleton.tsx";

/** The page `/findings/[id]`. */
export function FindingPage({ id }: { id: string }) {
  const finding = useQuery(findingQuery(id));
  const problem = finding.error instanceof ProblemError ? finding.error.problem : undefined;
  return (
    <div className="flex flex-col gap-4" data-print="upright">
      <Link
        className="inline-flex w-fit items-center gap-1.5 text-muted text-sm hover:text-ink print:hidden"
        href="/findings"
      >
        <ArrowLeft aria-hidden="true" className="size-3.5" />
        Findings
      </Link>
      {finding.data ? (
        <FindingCase finding={finding.data} />
      ) : problem?.code === "not_found" ? (
        <Empty className="rounded-md border bg-surface" kind="no-match" title="There is no such finding">
          It does not exist, or it belongs to a tenant you are not a member of.
        </Empty>
      ) : finding.isError ? (
        <ErrorPanel
          code={problem?.code}
          detail={finding.error.message}
          onRetry={() => finding.refetch()}
          title="The finding could not be read"
        />
      ) : (
        <FindingCaseSkeleton />
      )}
    </div>
  );
}
