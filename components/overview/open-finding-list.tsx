import Link from "next/link";
import { findingHref, findingsHref } from "../../lib/contracts/finding-parsers.ts";
import type { FindingListItem } from "../../lib/contracts/findings.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import type { OverviewState } from "../../lib/contracts/overview-parsers.ts";
import { SeverityBadge } from "../findings/severity-badge.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";

/** What waits for people, gravest first. Not limited to the range: an old finding is still open. */
export function OpenFindingList({ overview, state }: { overview: Overview; state: OverviewState }) {
  const { openFindings, openFindingCount } = overview;
  return (
    <Section
      action={
        openFindingCount > 0 ? (
          <Link
            className="text-accent-ink text-sm underline-offset-4 hover:underline"
            href={findingsHref({
              tenant: state.tenant,
              application: state.application,
              state: [...openStates],
            })}
          >
            Show all {formatNoun(openFindingCount, "open finding")}
          </Link>
        ) : null
      }
      note="Whenever they were found; times in UTC"
      title="Open findings"
    >
      {openFindings.length === 0 ? (
        <Empty kind="nothing-found" title="No finding is open">
          A finding opens with the first call that is outside policy or cannot be verified.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {openFindings.map((finding) => (
            <li key={finding.id}>
              <FindingRow finding={finding} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What the services count as open: everything that is neither resolved nor accepted. */
const openStates = ["open", "acknowledged", "investigating"] as const;

function FindingRow({ finding }: { finding: FindingListItem }) {
  // The title names a model only where it is about one: two cases may differ in nothing else.
  const { projectId, model, calls, application, tenant } = finding;
  // A case about a project has no calls: it speaks of those that are not there.
  const counted = projectId === null ? formatNoun(calls, "call") : null;
  const facts = [model, counted, application, tenant];
  return (
    <Link
      className="flex flex-col gap-0.5 px-4 py-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      href={findingHref(finding.id)}
    >
      <span className="flex min-w-0 flex-wrap items-start gap-x-2 gap-y-0.5">
        <SeverityBadge severity={finding.severity} />
        <span className="line-clamp-2 text-sm max-sm:order-last max-sm:w-full sm:flex-1">
          {finding.title}
        </span>
        <Time at={finding.lastSeenAt} className="ml-auto text-muted text-sm" short />
      </span>
      <span className="truncate text-muted text-xs">{facts.filter(Boolean).join(" · ")}</span>
    </Link>
  );
}
