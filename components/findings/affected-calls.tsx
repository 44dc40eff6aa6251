"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { callsQuery } from "../../lib/client/calls.ts";
import { callFilters, callsHref, readCallState } from "../../lib/contracts/call-parsers.ts";
import type { FindingDetail } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";

const shownMax = 8;

/** The newest of the calls the case is about, and the way to all of them. */
export function AffectedCalls({ finding }: { finding: FindingDetail }) {
  const state = readCallState(`?${finding.callsQuery}`);
  const list = useInfiniteQuery(callsQuery(callFilters(state)));
  const calls = list.data?.pages[0]?.items.slice(0, shownMax);
  return (
    <Section
      action={
        <Button asChild look="link" size="sm">
          <Link href={`/calls?${finding.callsQuery}`}>Show the affected calls</Link>
        </Button>
      }
      note="Newest first. Opens the evidence of each."
      title={formatNoun(finding.calls, "affected call")}
    >
      {calls === undefined ? (
        list.isError ? (
          <ErrorPanel
            className="m-4"
            detail={list.error.message}
            onRetry={() => list.refetch()}
            title="The affected calls could not be listed"
          />
        ) : (
          <div className="divide-y divide-line">
            <Loading what="affected calls" />
            {[1, 2, 3].map((row) => (
              <div className="flex h-8 items-center gap-6 px-4" key={row}>
                <Skeleton className="w-32" />
                <Skeleton className="w-40" />
              </div>
            ))}
          </div>
        )
      ) : calls.length === 0 ? (
        <Empty kind="no-match" title="No affected call lies in the listed time">
          Choose another range on the calls page.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {calls.map((call) => (
            <li
              className="relative flex min-h-8 items-center gap-x-4 px-4 py-1 text-sm hover:bg-hover"
              key={call.id}
            >
              <Link
                className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent-ink focus-visible:after:-outline-offset-2"
                href={callsHref({ ...state, call: call.id })}
              >
                <Time at={call.startedAt} precision="second" />
              </Link>
              <span className="hidden min-w-0 flex-1 truncate font-mono text-muted text-xs sm:block">
                {call.operation}
                {call.modelRequested === null ? "" : ` · ${call.modelRequested}`}
              </span>
              <span className="ml-auto">
                <VerdictBadge band={call.band} verdict={call.verdict} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
