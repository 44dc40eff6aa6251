"use client";

import Link from "next/link";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { formatInstant } from "../ui/format-time.ts";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";
import type { ReportQuestion } from "./use-report-question.ts";

/** How many calls, which ones in words, and which entries of the log: before anything is built. */
export function ReportOutlook({ period, preview, search }: ReportQuestion) {
  if (period === null)
    return <p className="text-muted">Choose the first and the last day, the first one not after the last.</p>;
  if (preview.error) return <Notice tone="outside">{preview.error.message}</Notice>;
  if (preview.data === undefined) return <p className="text-muted">Counting…</p>;
  const { calls, words, range, final, otherEpochs } = preview.data;
  return (
    <>
      <p className="text-base">
        <strong className="font-semibold tabular-nums">{formatNoun(calls, "call")}</strong>
        {". "}
        {words} They began from {formatInstant(period.from)} to before {formatInstant(period.to)}.{" "}
        <Link className="text-accent-ink underline underline-offset-2" href={callsHref(search)}>
          Look at them
        </Link>
      </p>
      {range === null ? (
        <p className="text-muted">
          Nothing of this log is signed yet, so that there is nothing to prove. A checkpoint is signed every
          10 seconds.
        </p>
      ) : (
        <p className="max-w-prose text-muted">
          The pack holds {formatNoun(range.end - range.first, "entry", "entries")} of the log,{" "}
          {formatCount(range.first)} to before {formatCount(range.end)}, signed <Time at={range.signedAt} />:
          all of them, whatever the filter, so that whoever has it can count again.{" "}
          {final
            ? "The period is over: whoever builds it again gets the same range and figures."
            : "The period is not over, so this pack is provisional; a later one replaces it."}
        </p>
      )}
      {otherEpochs.length > 0 ? (
        <Notice tone="doubt">
          The log changed its epoch in this period. Entries of epoch {otherEpochs.join(", ")} are not in this
          pack.
        </Notice>
      ) : null}
    </>
  );
}
