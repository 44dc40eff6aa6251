"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { firstCallQuery } from "../../lib/client/connect.ts";
import type { CallListItem } from "../../lib/contracts/calls.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { formatDuration } from "../ui/format-time.ts";
import { RegionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { Time } from "../ui/time.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";

/** Waits for the application's first call from now on, and turns live when it is recorded. */
export function FirstCallSection({ tenant, application }: { tenant: string; application: string }) {
  const [round, setRound] = useState(0);
  const { data, isError } = useQuery(firstCallQuery(tenant, application, round));
  const call = data?.call ?? null;
  return (
    <Section
      action={
        call ? (
          <Button onClick={() => setRound(round + 1)} size="sm">
            Wait for the next
          </Button>
        ) : null
      }
      note="Counted from when this page was opened, by whatever way it comes."
      title="3 · First call"
    >
      <div aria-live="polite" className="flex min-h-28 flex-col justify-center gap-3 p-4">
        {application === "" ? (
          <p className="text-muted text-base">Make a key first: with it comes an application to wait for.</p>
        ) : call ? (
          <Arrived call={call} tenant={tenant} />
        ) : (
          <div className="flex items-center gap-3">
            <span
              aria-hidden="true"
              className={
                isError
                  ? "size-2.5 shrink-0 rounded-full bg-unverifiable"
                  : "breathe size-2.5 shrink-0 rounded-full bg-accent"
              }
            />
            <div>
              <p className="text-base">
                {isError ? "Domicile does not answer; asking again…" : "Waiting for the first call…"}
              </p>
              <p className="text-muted text-sm">
                {application} has sent or reported nothing since. It shows here within two seconds.
              </p>
            </div>
          </div>
        )}
      </div>
    </Section>
  );
}

function Arrived({ call, tenant }: { call: CallListItem; tenant: string }) {
  return (
    <div className="enter-fade flex flex-col gap-3" data-first-call={call.verdict}>
      <div className="flex flex-wrap items-center gap-2">
        <VerdictBadge band={call.band} verdict={call.verdict} />
        <Badge>{call.source}</Badge>
        {call.simulated ? <SimulatedBadge /> : null}
        <Time at={call.startedAt} className="text-muted text-sm" precision="second" />
      </div>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-base">
        <span className="font-mono text-sm">{call.operation}</span>
        {call.host ? <Copyable text={call.host} what="host" /> : <span>nothing was sent</span>}
        {call.host ? <RegionName code={call.servedRegion} /> : null}
        {call.durationMs === null ? null : (
          <span className="text-muted tabular-nums">{formatDuration(call.durationMs)}</span>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button asChild look="primary">
          <Link href={`/calls?${new URLSearchParams({ tenant, call: call.id })}`}>See its evidence</Link>
        </Button>
        <Button asChild>
          <Link href={`/calls?${new URLSearchParams({ tenant, application: call.application, live: "on" })}`}>
            Follow this application
          </Link>
        </Button>
      </div>
    </div>
  );
}
