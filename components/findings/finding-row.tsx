import Link from "next/link";
import { Fragment } from "react";
import { findingHref } from "../../lib/contracts/finding-parsers.ts";
import type { FindingListItem } from "../../lib/contracts/findings.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { SeverityBadge } from "./severity-badge.tsx";
import { StateBadge } from "./state-badge.tsx";

/** One case on the list. The whole row leads to it. */
export function FindingRow({ finding }: { finding: FindingListItem }) {
  const { tenant, host, model } = finding;
  return (
    <li className="relative grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 gap-y-1.5 px-4 py-2.5 hover:bg-hover md:grid-cols-[auto_minmax(0,1fr)_6rem_8rem_9.5rem] md:items-center">
      <span className="max-md:pt-0.5">
        <SeverityBadge severity={finding.severity} wordless />
      </span>
      <div className="min-w-0">
        <Link
          className="block font-medium text-base first-letter:uppercase after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent-ink focus-visible:after:-outline-offset-2 md:truncate"
          href={findingHref(finding.id)}
          title={finding.title}
        >
          {finding.title}
        </Link>
        <p className="truncate text-faint text-xs">
          {tenant}
          {[host, model].map((name) =>
            name === null ? null : (
              <Fragment key={name}>
                {" · "}
                <span className="font-mono">{name}</span>
              </Fragment>
            ),
          )}
          {finding.basis === "reported" ? " · reported, not observed" : ""}
          {finding.assignee === null ? "" : ` · ${finding.assignee}`}
          {finding.dueAt === null ? null : (
            <>
              {" · due "}
              <Time at={finding.dueAt} precision="day" />
            </>
          )}
          {finding.simulated ? " · simulated" : ""}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 max-md:col-start-2 md:contents">
        <p className="text-muted text-sm tabular-nums md:text-right">
          {finding.projectId === null ? formatNoun(finding.calls, "call") : null}
        </p>
        <span>
          <StateBadge state={finding.state} />
          {finding.exception === null ? null : (
            <span className="block text-faint text-xs">
              {finding.exception.name} {finding.exception.stale ? "stale, " : ""}until{" "}
              <Time at={finding.exception.until} precision="day" />
            </span>
          )}
        </span>
        <p className="text-muted text-sm md:text-right">
          <span className="text-faint text-xs md:block">Last seen </span>
          <Time at={finding.lastSeenAt} />
        </p>
      </div>
    </li>
  );
}
