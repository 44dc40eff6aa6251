import Link from "next/link";
import { countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { CoverageRow, UsageCoverage } from "../../lib/contracts/coverage.ts";
import type { CoverageState } from "../../lib/contracts/coverage-parsers.ts";
import { findingHref } from "../../lib/contracts/finding-parsers.ts";
import { usageStates } from "../../lib/core/accounts/compare-usage.ts";
import { operationsOf } from "../../lib/core/accounts/counted-as.ts";
import { usageKindWords, usageStateWords } from "../../lib/core/accounts/usage-words.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatDay } from "../ui/format-day.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Segments } from "../ui/segments.tsx";
import { shortenMiddle } from "../ui/shorten-middle.ts";
import { UsageStateBadge } from "./usage-state-badge.tsx";

export type CoverageTableProps = {
  coverage: UsageCoverage;
  shown: CoverageState["rows"];
  onRows: (rows: CoverageState["rows"]) => void;
};

/** Each kind of usage of each project, day by day, with the ways to the calls and to the case. */
export function CoverageTable({ coverage, shown, onRows }: CoverageTableProps) {
  const { rows, rowsLeftOff, tenants } = coverage;
  const listed = shown === "all" ? rows : rows.filter(({ state }) => state !== "agrees");
  const present = usageStates.filter((state) => listed.some((row) => row.state === state));
  return (
    <Section
      action={
        <Segments
          chosen={shown}
          label="Show"
          onChoose={onRows}
          options={[
            { id: "all", word: "All days" },
            { id: "differing", word: "What differs" },
          ]}
        />
      }
      note="Requests. UTC days, newest first. The calls are those of the tenant on that day, of every project."
      title="By day, project and kind"
    >
      <DataTable
        caption="Requests that OpenAI counted beside the record, by day, project and kind"
        columns={tenants.length > 1 ? [...columns.slice(0, 1), tenantColumn, ...columns.slice(1)] : columns}
        empty={
          <Empty kind="nothing-found" title="Nothing differs on these days">
            Every request that OpenAI counted can be one of the record's.
          </Empty>
        }
        isDense={tenants.length > 1}
        rowKey={({ tenant, day, projectId, kind }) => `${tenant} ${day} ${projectId} ${kind}`}
        rows={listed}
      />
      {rowsLeftOff > 0 ? (
        <p className="border-t px-4 py-2 text-muted text-sm">
          {formatNoun(rowsLeftOff, "row")} of older days left off; the sentence and the chart hold them, and
          so does the export.
        </p>
      ) : null}
      {present.length > 0 ? (
        <dl className="grid gap-x-4 gap-y-2 border-t px-4 py-3 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
          {present.map((state) => (
            <div className="contents" key={state}>
              <dt>
                <UsageStateBadge state={state} />
              </dt>
              <dd className="max-w-prose text-muted">{usageStateWords[state].sentence}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </Section>
  );
}

const tenantColumn: Column<CoverageRow> = { id: "tenant", header: "Tenant", cell: ({ tenant }) => tenant };

const columns: readonly Column<CoverageRow>[] = [
  { id: "day", header: "Day", cell: ({ day }) => formatDay(day), className: "tabular-nums" },
  {
    id: "project",
    header: "Project",
    cell: ({ projectId, projectName }) => (
      <>
        {projectName === null ? null : <span className="mr-2">{projectName}</span>}
        <span className="font-mono text-faint text-xs" title={projectId}>
          {shortenMiddle(projectId, projectName === null ? 20 : 12)}
        </span>
      </>
    ),
  },
  { id: "kind", header: "Kind", cell: ({ kind }) => usageKindWords[kind] },
  {
    id: "provider",
    header: "At OpenAI",
    align: "right",
    cell: ({ providerRequests, batchRequests }) => (
      <span title={batchRequests > 0 ? `and ${formatNoun(batchRequests, "request")} of batches` : undefined}>
        {formatCount(providerRequests)}
        {batchRequests > 0 ? (
          <span className="block text-faint text-xs">+ {formatCount(batchRequests)} of batches</span>
        ) : null}
      </span>
    ),
  },
  {
    id: "recorded",
    header: "Recorded",
    align: "right",
    cell: ({ sent, reported }) => (
      <>
        {formatCount(sent)}
        {reported > 0 ? (
          <span className="block text-faint text-xs">{formatCount(reported)} reported</span>
        ) : null}
      </>
    ),
  },
  {
    id: "beside",
    header: "May be counted too",
    align: "right",
    cell: (row) => <Beside row={row} />,
  },
  {
    id: "state",
    header: "Standing",
    cell: ({ state, missing, settledAt }) => (
      <span className="inline-flex items-center gap-1.5">
        <UsageStateBadge state={state} />
        {missing > 0 ? <span className="font-semibold tabular-nums">{formatCount(missing)}</span> : null}
        {settledAt === null ? <Badge tone="outline">Provisional</Badge> : null}
      </span>
    ),
  },
  {
    id: "links",
    header: <span className="sr-only">Links</span>,
    cell: (row) => (
      <span className="inline-flex gap-3">
        <Link
          aria-label={`Calls of ${row.tenant}, ${formatDay(row.day)}: ${usageKindWords[row.kind]}`}
          className={linkStyle}
          href={callsOfRow(row)}
        >
          Calls
        </Link>
        {row.findingId === null ? null : (
          <Link className={linkStyle} href={findingHref(row.findingId)}>
            Finding
          </Link>
        )}
      </span>
    ),
  },
];

const linkStyle = "text-accent-ink underline-offset-4 hover:underline";

/** What else may account for requests: calls at the ends of the day, of no known project, of other tenants, and those that may be any number. */
function Beside({ row: { edge, unnamed, elsewhere, open } }: { row: CoverageRow }) {
  const parts = [
    edge > 0 ? `${formatNoun(edge, "call")} of the days beside it, within ten minutes` : null,
    unnamed > 0 ? `${formatNoun(unnamed, "call")} of which no project is known` : null,
    elsewhere > 0
      ? `${formatNoun(elsewhere, "call")} that other tenants recorded with a key of the project`
      : null,
    open > 0 ? `${formatNoun(open, "call")} that may be any number of requests` : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return <span className="text-faint">0</span>;
  return (
    <span title={parts.join("; ")}>
      {formatCount(edge + unnamed + elsewhere)}
      {open > 0 ? (
        <span className="block text-faint text-xs">+ {formatCount(open)} of any number</span>
      ) : null}
    </span>
  );
}

function callsOfRow({ tenant, day, kind }: CoverageRow): string {
  const from = new Date(`${day}T00:00:00.000Z`);
  const window = { from: from.toISOString(), to: new Date(from.getTime() + dayMs).toISOString() };
  return countedCallsHref(window, { tenant, operation: [...operationsOf(kind)] });
}
