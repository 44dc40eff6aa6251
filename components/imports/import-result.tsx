"use client";

import { Download } from "lucide-react";
import Link from "next/link";
import { importErrorsHref } from "../../lib/client/imports.ts";
import type { ImportSummary } from "../../lib/contracts/imports.ts";
import { Button } from "../ui/button.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Progress } from "../ui/progress.tsx";
import { Time } from "../ui/time.tsx";
import { outcomeSentence, stateWord } from "./import-words.ts";

export type ImportResultProps = {
  summary: ImportSummary;
  /** By this page. */
  sentBytes?: number;
  /** The next piece waits until more may be sent. */
  isWaiting?: boolean;
};

/** How far an import is, or what became of it. */
export function ImportResult({ summary, ...sending }: ImportResultProps) {
  const { counts, hosts, earliest, latest } = summary;
  const isOpen = summary.endedAt === null;
  return (
    <div aria-live="polite" className="flex flex-col gap-3" data-import={summary.state}>
      {isOpen ? <ImportProgress summary={summary} {...sending} /> : null}
      {isOpen ? null : (
        <p className="text-base">
          <span className="font-medium">{stateWord(summary)}.</span> {outcomeSentence(summary)}
        </p>
      )}
      {earliest && latest ? (
        <p className="text-muted text-sm">
          Calls began between <Time at={earliest} /> and <Time at={latest} />.
        </p>
      ) : null}
      {hosts.length > 0 ? (
        <ul aria-label="Hosts that the file tells" className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
          {hosts.slice(0, 8).map(({ host, calls }) => (
            <li key={host}>
              <span className="font-mono text-xs">{host || "no host told"}</span>{" "}
              <span className="text-muted tabular-nums">{formatCount(calls)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {isOpen ? null : (
        <div className="flex flex-wrap gap-2">
          {counts.recorded > 0 && !summary.dryRun ? (
            <Button asChild>
              <Link
                href={`/calls?${new URLSearchParams({ tenant: summary.tenant, application: summary.application })}`}
              >
                See the application's calls
              </Link>
            </Button>
          ) : null}
          {summary.errorsKept > 0 ? (
            <Button asChild>
              <a download href={importErrorsHref(summary.tenant, summary.id)}>
                <Download aria-hidden="true" />
                Error file ({formatNoun(summary.errorsKept, "line")})
              </a>
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

function ImportProgress({ summary, sentBytes, isWaiting }: ImportResultProps) {
  const { counts, fileBytes, state } = summary;
  const read = Math.max(summary.bytesTaken, sentBytes ?? 0);
  const settled =
    counts.recorded + counts.duplicate + counts.joined + counts.conflict + counts.ignored + counts.rejected;
  const share =
    state === "receiving"
      ? (read / Math.max(fileBytes, 1)) * 100
      : (settled / Math.max(counts.records, 1)) * 100;
  const percent = Math.min(100, Math.floor(share));
  return (
    <div className="flex flex-col gap-1.5">
      <Progress label={stateWord(summary)} of={100} value={percent} />
      <p className="text-muted text-sm tabular-nums">
        {stateWord(summary)}: {percent} % of the file · {formatCount(counts.records)} records read
        {summary.dryRun ? "" : ` · ${formatCount(settled)} settled`}
        {isWaiting ? " · waiting: as much is being imported as may be in a minute" : ""}
      </p>
    </div>
  );
}
