"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { restatedCallsQuery } from "../../lib/client/restatements.ts";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import type { RangeSearch } from "../../lib/contracts/range.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";
import { moveSentence, restatedWords } from "./restatement-words.ts";

const shownMax = 100;

/** Says beside figures of first verdicts how many of those calls were restated, and which. Nothing where none was. */
export function RestatedNote({ range }: { range: RangeSearch }) {
  const { data } = useQuery(restatedCallsQuery(range));
  if (!data || data.calls === 0) return null;
  const shown = data.listed.slice(0, shownMax);
  const { tenant = null, from = null, to = null } = range;
  return (
    <Notice>
      {formatNoun(data.calls, "call")} of this time {data.calls === 1 ? "was" : "were"} restated:{" "}
      {moveSentence(data.moves)}. Figures and lists show the first verdicts.
      <details className="print:hidden">
        <summary className="cursor-pointer">
          {shown.length < data.calls ? `The newest ${shown.length} of them` : "Which they are"}
        </summary>
        <ul aria-label="Restated calls" className="flex max-h-64 flex-col gap-0.5 overflow-y-auto py-1">
          {shown.map(({ id, startedAt, verdict, band }) => (
            <li key={id}>
              <Link
                className="underline-offset-4 hover:underline"
                href={callsHref({ tenant, range: range.range, from, to, call: id })}
              >
                <Time at={startedAt} precision="second" />
              </Link>
              : {restatedWords(verdict, band)}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  );
}
