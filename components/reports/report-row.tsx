import { type PackSummary, type ReportItem, reportProblemWords } from "../../lib/contracts/reports.ts";
import { Copyable } from "../ui/copyable.tsx";
import { formatBytes, formatCount, formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { periodWords } from "./period-words.ts";
import { ReportActions } from "./report-actions.tsx";
import { ReportProgress } from "./report-progress.tsx";
import { ReportStanding } from "./report-standing.tsx";

export type ReportRowProps = { item: ReportItem; tenantName: string; canBuild: boolean };

const anchor = (id: string) => `report-${id}`;

/** One report: what it is about, where it stands, and what is behind it. */
export function ReportRow({ item, tenantName, canBuild }: ReportRowProps) {
  const { id, from, to, filterWords, counted, pack, problem } = item;
  const period = periodWords(from, to);
  const name = `${tenantName}, ${period}`;
  return (
    <li
      aria-labelledby={`${anchor(id)}-name`}
      className="grid items-start gap-x-6 gap-y-3 px-4 py-3 text-sm target:bg-hover lg:grid-cols-[minmax(0,1fr)_auto]"
      id={anchor(id)}
    >
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="font-medium text-base tabular-nums" id={`${anchor(id)}-name`}>
            {name}
          </h3>
          <ReportStanding item={item} />
        </div>
        <p>
          <span className="tabular-nums">{formatNoun(pack?.calls ?? counted, "call")}</span>
          {". "}
          {filterWords} <Replaced item={item} />
        </p>
        {problem === null ? null : <p className="max-w-prose">{reportProblemWords[problem]}</p>}
        {pack === null ? null : <PackFacts pack={pack} />}
        <p className="text-faint text-xs">
          {item.scheduled ? "Asked for by a schedule" : `Asked for by ${item.requestedBy}`} on{" "}
          <Time at={item.requestedAt} />
        </p>
      </div>
      <div className="flex flex-col gap-2 lg:items-end">
        <ReportProgress item={item} />
        {canBuild ? <ReportActions item={item} name={name} /> : null}
      </div>
    </li>
  );
}

function PackFacts({ pack }: { pack: PackSummary }) {
  const { bytes, first, end, signedAt, sha256, expiresAt, dropped } = pack;
  return (
    <>
      <p className="text-faint text-xs">
        {formatBytes(bytes)} · entries {formatCount(first)} to before {formatCount(end)} · signed{" "}
        <Time at={signedAt} precision="second" /> ·{" "}
        {dropped ? "no longer kept; a period that is over can be built again" : "kept until "}
        {dropped ? null : <Time at={expiresAt} precision="day" />}
      </p>
      <p className="text-faint text-xs">
        SHA-256 of the file <Copyable length={24} text={sha256} what="hash of the pack" />
      </p>
    </>
  );
}

function Replaced({ item: { supersededBy, supersedes } }: { item: ReportItem }) {
  const link = "text-accent-ink underline underline-offset-2";
  if (supersededBy !== null)
    return (
      <a className={link} href={`#${anchor(supersededBy)}`}>
        Replaced by a later pack.
      </a>
    );
  if (supersedes === null) return null;
  return (
    <a className={link} href={`#${anchor(supersedes)}`}>
      Replaces an earlier one.
    </a>
  );
}
