import type { ReactNode } from "react";
import { Copyable } from "../ui/copyable.tsx";
import { formatDuration } from "../ui/format-time.ts";
import { RegionMark } from "../ui/region-mark.tsx";
import type { RunState } from "./use-playground-run.ts";

/** Where the gateway says it sent the call, as it arrives. The places are there from the start: nothing jumps. */
export function LaneRoute({ state }: { state: RunState }) {
  const { route, firstTextMs, totalMs, phase } = state;
  const pending = phase === "sending" ? <span className="text-faint">…</span> : <None />;
  // Only the gateway knows that nothing was sent, and it gives such a call its id.
  const noHost = <span className="text-faint">{route?.callId ? "none: nothing was sent" : "not known"}</span>;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,2fr)_minmax(0,1fr)]">
      <Fact term="Host">
        {route ? route.host ? <Copyable length={30} text={route.host} what="host" /> : noHost : pending}
      </Fact>
      <Fact term="Region">
        {route ? route.region ? <RegionMark code={route.region} /> : <None /> : pending}
      </Fact>
      <Fact term="Call">
        {route ? (
          route.callId ? (
            <Copyable length={18} text={route.callId} what="call id" />
          ) : (
            <None />
          )
        ) : (
          pending
        )}
      </Fact>
      <Fact term={firstTextMs === null && totalMs !== null ? "Ended after" : "First text"}>
        {firstTextMs !== null ? (
          <span className="tabular-nums">{formatDuration(firstTextMs)}</span>
        ) : totalMs !== null ? (
          <span className="tabular-nums">{formatDuration(totalMs)}</span>
        ) : (
          pending
        )}
      </Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{term}</dt>
      <dd className="flex h-5 min-w-0 items-center text-sm">{children}</dd>
    </div>
  );
}

function None() {
  return <span className="text-faint">–</span>;
}
