import Link from "next/link";
import { findingHref } from "../../lib/contracts/finding-parsers.ts";
import type { FindingState } from "../../lib/contracts/findings.ts";
import { StateBadge } from "../findings/state-badge.tsx";
import { causeTitle } from "./reason-words.ts";

type Linked = {
  readonly id: string;
  readonly cause: string;
  readonly state: string;
  /** "EX-12" where it is accepted; absent: nobody looked. */
  readonly exception?: string | null;
};

/** The cases this call belongs to. */
export function LinkedFindings({ findings }: { findings: readonly Linked[] }) {
  if (findings.length === 0) return <p className="text-muted text-sm">This call belongs to no finding.</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {findings.map((finding) => (
        <li className="flex items-center justify-between gap-3" key={finding.id}>
          <Link className="truncate text-accent-ink text-sm hover:underline" href={findingHref(finding.id)}>
            {causeTitle(finding.cause)}
          </Link>
          <span className="flex shrink-0 items-center gap-2">
            {finding.exception == null ? null : (
              <span className="text-muted text-xs">Internally accepted ({finding.exception})</span>
            )}
            <StateBadge state={finding.state as FindingState} />
          </span>
        </li>
      ))}
    </ul>
  );
}
