"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { asksMax, recordedCallQuery } from "../../lib/client/playground.ts";
import type { CallDetail } from "../../lib/contracts/calls.ts";
import { describeReason } from "../../lib/core/verdicts/describe-reason.ts";
import { EvidenceLadder } from "../calls/evidence-ladder.tsx";
import { causeTitle } from "../calls/reason-words.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Notice } from "../ui/notice.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";

/** The verdict and evidence of the call as the record holds them, as soon as it does. */
export function RecordedVerdict({ callId, tenant }: { callId: string; tenant: string }) {
  const { data, error, isFetching, refetch } = useQuery(recordedCallQuery(callId));
  const client = useQueryClient();
  if (data) return <Recorded call={data} tenant={tenant} />;
  if (error)
    return (
      <ErrorPanel
        className="m-4"
        detail={error.message}
        onRetry={() => void refetch()}
        title="The record of this call could not be read"
      />
    );
  const asks = client.getQueryState(recordedCallQuery(callId).queryKey)?.dataUpdateCount ?? 0;
  if (asks < asksMax || isFetching) return <Waiting />;
  return (
    <ErrorPanel
      className="m-4"
      detail="It did not appear within half a minute. A refusal before the tenant is known leaves no record; anything else will show under Calls."
      onRetry={() => void refetch()}
      title="This call is not in the record"
    />
  );
}

function Waiting() {
  return (
    <div className="flex flex-col gap-3 border-t p-4">
      <Loading what="the recorded verdict" />
      <p aria-hidden="true" className="text-faint text-sm">
        Reading the record…
      </p>
      <Skeleton className="h-5 w-32" />
      <Skeleton />
      <Skeleton className="h-44" />
    </div>
  );
}

function Recorded({ call, tenant }: { call: CallDetail; tenant: string }) {
  return (
    <div className="flex flex-col gap-3 border-t p-4" data-recorded={call.verdict}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex flex-wrap items-center gap-1.5" role="status">
          <span className="sr-only">Verdict as recorded:</span>
          <VerdictBadge band={call.band} verdict={call.verdict} />
          {call.simulated ? <SimulatedBadge /> : null}
        </div>
        <Link
          className="text-accent-ink text-sm underline-offset-4 hover:underline"
          href={`/calls?${new URLSearchParams({ tenant, call: call.id })}`}
        >
          Open in Calls
        </Link>
      </div>
      <p className="text-base">{call.statement}</p>
      {call.reasons.length > 0 ? (
        <ul className="flex flex-col gap-2">
          {call.reasons.map((reason) => (
            <li className="border-line-strong border-l-2 pl-3" key={reason}>
              <p className="font-medium text-sm">{causeTitle(reason)}</p>
              <p className="text-muted text-sm">{describeReason(reason).sentence}</p>
            </li>
          ))}
        </ul>
      ) : null}
      {call.wouldBlock ? (
        <Notice>
          The policy observes. Had it blocked, this call would have been stopped before it left.
        </Notice>
      ) : null}
      <h3 className="pt-1 font-semibold text-sm">Evidence</h3>
      <EvidenceLadder claims={call.claims} />
    </div>
  );
}
