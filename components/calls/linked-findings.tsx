import Link from "next/link";
import type { CallDetail } from "../../lib/contracts/calls.ts";
import { findingHref } from "../../lib/contracts/finding-parsers.ts";
import type { FindingState } from "../../lib/contracts/findings.ts";
import { StateBadge } from "../findings/state-badge.tsx";
import { causeTitle } from "./reason-words.ts";

/** The cases this call belongs to. */
export function LinkedFindings({ findings }: Pick<CallDetail, "findings">) {
  if (findings.length === 0) return <p className="text-muted text-sm">This call belongs to no finding.</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {findings.map((finding) => (
        <li className="flex items-center justify-between gap-3" key={finding.id}>
          <Link className="truncate text-accent-ink text-sm hover:underline" href={findingHref(finding.id)}>
            {causeTitle(finding.cause)}
          </Link>
          <StateBadge state={finding.state as FindingState} />
        </li>
      ))}
    </ul>
  );
}
