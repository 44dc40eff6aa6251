"use client";

import Link from "next/link";
import { useState } from "react";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import type { Policy } from "../../lib/core/policies/policy.ts";
import { causeTitle } from "../calls/reason-words.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { around } from "./difference-list.tsx";
import { ReplayProgress } from "./replay-progress.tsx";
import type { ReplaySum } from "./replay-sum.ts";
import { type ReplayRun, useReplay } from "./use-replay.ts";

export type LiveEffectProps = {
  slug: string;
  policy: Policy;
  /** The moment up to which 30 days are looked at. */
  now: string;
  /** False while the policy cannot be met: then there is nothing to ask. */
  canRun: boolean;
};

const periodMs = 30 * dayMs;
const callsMax = 100_000;
const shownMax = 6;

/** What the policy would have done to the calls of the last 30 days, while it is being written. */
export function LiveEffect({ slug, policy, now, canRun }: LiveEffectProps) {
  const [from] = useState(() => new Date(Date.parse(now) - periodMs).toISOString());
  const under = { policy: { ...policy } };
  const replay = useReplay(canRun ? { tenant: slug, from, to: now, under } : null, {
    callsMax,
    delayMs: 500,
  });
  return (
    <Section note="Recorded facts of the last 30 days, held against this policy." title="Effect">
      <div className="flex flex-col gap-3 p-4 text-sm">
        {canRun ? (
          <>
            <p aria-live="polite" className="font-medium text-base">
              <EffectSentence phase={replay.phase} policy={policy} sum={replay.sum} />
            </p>
            <ReplayProgress callsMax={callsMax} replay={replay} />
            <EffectDetail slug={slug} sum={replay.sum} />
          </>
        ) : (
          <Notice>The effect is shown as soon as the policy can be met.</Notice>
        )}
      </div>
    </Section>
  );
}

type EffectSentenceProps = Pick<ReplayRun, "phase" | "sum"> & { policy: Policy };

/** Nothing where it did not come to the first call: that there was none is then not known. */
function EffectSentence({ phase, sum, policy }: EffectSentenceProps) {
  const { looked, stopped, stoppedBefore, wouldStop } = sum;
  const flagged = sum.verdicts
    .filter(({ after }) => after === "violation")
    .reduce((calls, cell) => calls + cell.calls, 0);
  if (looked === 0 && phase === "running") return <>Looking at the last 30 days…</>;
  if (looked === 0) return phase === "done" ? <>No call was recorded in these 30 days.</> : null;
  if (policy.enforcement.mode === "observe")
    return (
      <>
        {formatCount(flagged)} of {formatNoun(looked, "call")} would have been outside policy. Once it blocks,{" "}
        {formatCount(wouldStop)} would be stopped.
      </>
    );
  const sent = stopped - stoppedBefore;
  const before =
    stopped === 0
      ? ""
      : sent === 0
        ? ", as they were"
        : sent === stopped
          ? "; all of them were sent"
          : `; ${formatCount(sent)} of them were sent`;
  return (
    <>
      {formatCount(stopped)} of {formatNoun(looked, "call")} would have been stopped{before}.
    </>
  );
}

function EffectDetail({ slug, sum }: { slug: string; sum: ReplaySum }) {
  const released = sum.verdicts
    .filter(({ before, after }) => before === "blocked" && after === "not_known")
    .reduce((calls, cell) => calls + cell.calls, 0);
  return (
    <>
      {sum.stopReasons.length > 0 ? (
        <ul className="divide-y divide-line rounded-md border">
          {sum.stopReasons.map(({ reason, calls }) => (
            <li className="flex justify-between gap-3 px-3 py-1" key={reason}>
              <span className="min-w-0">{causeTitle(reason)}</span>
              <span className="tabular-nums">{formatCount(calls)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {released > 0 ? (
        <Notice tone="outside">
          {formatNoun(released, "call")} that {released === 1 ? "was" : "were"} stopped would have been sent.
        </Notice>
      ) : null}
      {sum.differing.length > 0 ? (
        <div className="flex flex-col gap-1">
          <p className="text-muted">The newest calls that would have ended otherwise:</p>
          <ul className="flex flex-col gap-1">
            {sum.differing.slice(0, shownMax).map((call) => (
              <li className="min-w-0 text-xs" key={call.id}>
                <Link
                  className="text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
                  href={callsHref({
                    tenant: slug,
                    ...around(call.startedAt),
                    call: call.id,
                  })}
                >
                  <Time at={call.startedAt} short />
                </Link>{" "}
                <span className="text-muted">
                  {call.application} · <span className="font-mono">{call.host ?? "nothing sent"}</span>:{" "}
                  {call.why}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}
