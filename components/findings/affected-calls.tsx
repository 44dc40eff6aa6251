"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { callsQuery } from "../../lib/client/calls.ts";
import { callFilters, callsHref, readCallState } from "../../lib/contracts/call-parsers.ts";
import type { CallListItem, CallPage } from "../../lib/contracts/calls.ts";
import type { FindingDetail } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { partWords } from "../ui/coverage-words.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";

const shownMax = 8;

/** The newest of the calls the case is about, and the way to all of them. */
export function AffectedCalls({ finding }: { finding: FindingDetail }) {
  const state = readCallState(`?${finding.callsQuery}`);
  const list = useInfiniteQuery(callsQuery(callFilters(state)));
  const page = list.data?.pages[0];
  const calls = page?.items.slice(0, shownMax);
  return (
    <Section
      action={
        <Button asChild look="link" size="sm">
          <Link href={`/calls?${finding.callsQuery}`}>Show the affected calls</Link>
        </Button>
      }
      note={`Newest first. Opens the evidence of each.${page === undefined ? "" : listedWords(page, finding)}`}
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
        finding.lateCalls.length > 0 ? null : (
          <Empty kind="no-match" title="No affected call lies in the listed time">
            Choose another range on the calls page.
          </Empty>
        )
      ) : (
        <ul className="divide-y divide-line">
          {calls.map((call) => (
            <CallLine
              band={call.band}
              href={callsHref({ ...state, call: call.id })}
              key={call.id}
              startedAt={call.startedAt}
              verdict={call.verdict}
            >
              {call.operation}
              {call.modelRequested === null ? "" : ` · ${call.modelRequested}`}
            </CallLine>
          ))}
        </ul>
      )}
      {finding.lateCalls.length > 0 ? (
        <div className="border-line border-t">
          <p className="px-4 pt-3 pb-1 text-muted text-sm">
            Closed without an end; by the end that came later they belong to this case. The list of calls
            shows their first verdict, which stays.
          </p>
          <ul className="divide-y divide-line">
            {finding.lateCalls.map((call) => (
              <CallLine
                band={null}
                href={callsHref({ ...state, call: call.id })}
                key={call.id}
                startedAt={call.startedAt}
                verdict={call.verdict}
              >
                end received <Time at={call.receivedAt} />
              </CallLine>
            ))}
          </ul>
        </div>
      ) : null}
    </Section>
  );
}

/** How many of the calls the list has, where it has not all: it begins with the last days, or some are not to be found by these facets. */
function listedWords({ window, totalCalls }: CallPage, { calls, lateCalls }: FindingDetail): string {
  const part = partWords(window);
  if (part !== null)
    return ` The list shows ${part} first, with ${formatNoun(totalCalls, "call")}, and leads on to those before.`;
  return totalCalls < calls - lateCalls.length ? ` The list has ${formatCount(totalCalls)} of them.` : "";
}

type CallLineProps = Pick<CallListItem, "startedAt" | "band" | "verdict"> & {
  readonly href: string;
  readonly children: ReactNode;
};

function CallLine({ startedAt, band, verdict, href, children }: CallLineProps) {
  return (
    <li className="relative flex min-h-8 items-center gap-x-4 px-4 py-1 text-sm hover:bg-hover">
      <Link
        className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent-ink focus-visible:after:-outline-offset-2"
        href={href}
      >
        <Time at={startedAt} precision="second" />
      </Link>
      <span className="hidden min-w-0 flex-1 truncate font-mono text-muted text-xs sm:block">{children}</span>
      <span className="ml-auto">
        <VerdictBadge band={band} verdict={verdict} />
      </span>
    </li>
  );
}
