import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { coverageHref } from "../../lib/contracts/coverage-parsers.ts";
import type { FindingDetail } from "../../lib/contracts/findings.ts";
import { dataCategoryWords } from "../../lib/core/findings/data-category.ts";
import { basisWords } from "../../lib/core/verdicts/verdict-words.ts";
import { environmentWords } from "../tenants/environment-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { Time } from "../ui/time.tsx";
import { AffectedCalls } from "./affected-calls.tsx";
import { AnalysisSection } from "./analysis-section.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import { checkWords, cleanWords } from "./clean-words.ts";
import { CommentForm } from "./comment-form.tsx";
import { dueWords } from "./due-words.ts";
import { ExceptionList } from "./exception-list.tsx";
import { FindingActions } from "./finding-actions.tsx";
import { FindingHistory } from "./finding-history.tsx";
import { resolutionWords } from "./resolution-words.ts";
import { SeverityBadge } from "./severity-badge.tsx";
import { StateBadge } from "./state-badge.tsx";

/** One case: what it means, what to do, which calls, what has been done. */
export function FindingCase({ finding }: { finding: FindingDetail }) {
  return (
    <article className="flex flex-col gap-5">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 max-w-3xl flex-1 basis-80 flex-col gap-2">
          <p className="font-medium text-faint text-sm tabular-nums">{finding.name}</p>
          <h1 className="text-balance font-semibold text-lg tracking-tight first-letter:uppercase">
            {finding.title}
          </h1>
          <div className="flex flex-wrap items-center gap-2">
            <SeverityBadge severity={finding.severity} />
            <StateBadge state={finding.state} />
            {finding.exception === null ? null : (
              <Badge tone={finding.exception.stale ? "unverifiable" : "outline"}>
                Internally accepted ({finding.exception.name})
              </Badge>
            )}
            {finding.resolution === null ? null : <Badge>{resolutionWords[finding.resolution].title}</Badge>}
            {finding.clean === null ? null : <Badge tone="outline">{cleanWords(finding.clean)}</Badge>}
            {finding.check?.isDue ? <Badge tone="unverifiable">Check due</Badge> : null}
            {finding.basis === "reported" ? <Badge tone="outline">Reported, not observed</Badge> : null}
            {finding.simulated ? <SimulatedBadge /> : null}
          </div>
        </div>
        <FindingActions finding={finding} />
      </header>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Section title="What it means, and what to do">
            <div className="flex flex-col gap-3 p-4 text-base">
              <p>{finding.sentence}</p>
              <p className="border-accent border-l-2 pl-3">{finding.remedy}</p>
              <RuleSource rule={finding.rule} />
            </div>
          </Section>
          <AnalysisSection finding={finding} />
          {finding.exceptions.length > 0 ? <ExceptionList finding={finding} /> : null}
          {finding.calls > 0 ? <AffectedCalls finding={finding} /> : null}
          <Section note="Never changed, never deleted." title="History">
            <FindingHistory events={finding.history} />
            <CommentForm finding={finding} />
          </Section>
        </div>
        <Section action={<AssignDialog finding={finding} />} title="The case">
          <DefinitionList className="px-4" items={caseFacts(finding)} />
        </Section>
      </div>
    </article>
  );
}

function RuleSource({ rule }: Pick<FindingDetail, "rule">) {
  return (
    <p className="text-muted text-sm">
      Rule:{" "}
      {rule.url === null ? (
        rule.title
      ) : (
        <a
          className="inline-flex items-baseline gap-1 text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
          href={rule.url}
          rel="noreferrer noopener"
          target="_blank"
        >
          {rule.title}
          <ExternalLink aria-hidden="true" className="size-3 self-center" />
          <span className="sr-only">(opens in a new tab)</span>
        </a>
      )}
    </p>
  );
}

function caseFacts(finding: FindingDetail) {
  const { host, model, application, projectId, clean } = finding;
  const check = checkWords(finding.check);
  return [
    { term: "Tenant", value: finding.tenant },
    ...(projectId === null
      ? [{ term: "Application", value: application ?? "More than one" }]
      : [
          { term: "Project", value: <Copyable text={projectId} what="project id" /> },
          {
            term: "Requests",
            value: (
              <Button asChild look="link">
                <Link href={coverageOf(finding)}>Beside OpenAI's figures</Link>
              </Button>
            ),
          },
        ]),
    ...(finding.environment === null || finding.dataCategory === null
      ? []
      : [
          { term: "Environment", value: environmentWords[finding.environment] },
          { term: "Declared data", value: dataCategoryWords[finding.dataCategory] },
          { term: "Owner", value: finding.owner ?? "Nobody named" },
        ]),
    { term: "Worked on by", value: finding.assignee ?? "Nobody named" },
    { term: "Due", value: dueWords(finding) },
    ...(projectId === null
      ? [
          { term: "Host", value: host === null ? "None" : <Copyable text={host} what="host" /> },
          { term: "Model", value: model === null ? "Any" : <Copyable text={model} what="model" /> },
          { term: "Basis", value: basisWords[finding.basis] },
        ]
      : []),
    { term: "First seen", value: <Time at={finding.firstSeenAt} /> },
    { term: "Last seen", value: <Time at={finding.lastSeenAt} /> },
    ...(clean === null
      ? []
      : [
          {
            term: "None since",
            value: (
              <>
                <Time at={clean.since} /> ({cleanWords(clean).toLowerCase()})
              </>
            ),
          },
        ]),
    ...(check === null ? [] : [{ term: "Check", value: check }]),
    ...(projectId === null
      ? [
          {
            term: "Calls",
            value: (
              <Button asChild look="link">
                <Link href={`/calls?${finding.callsQuery}`}>{formatNoun(finding.calls, "call")}</Link>
              </Button>
            ),
          },
        ]
      : []),
    { term: "Finding", value: <Copyable length={20} text={finding.id} what="finding id" /> },
  ];
}

/** The days of a case about a project, beside what OpenAI counted. */
function coverageOf({ tenant, firstSeenAt, lastSeenAt }: FindingDetail): string {
  return coverageHref("/usage/coverage", { tenant, from: firstSeenAt, to: lastSeenAt });
}
