"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { coverageQuery } from "../../lib/client/coverage.ts";
import type { UsageCoverage } from "../../lib/contracts/coverage.ts";
import { type CoverageState, coverageParsers } from "../../lib/contracts/coverage-parsers.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { CardSkeleton } from "../ui/card-skeleton.tsx";
import { cn } from "../ui/cn.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Section } from "../ui/section.tsx";
import { UsageTabs } from "../usage/usage-tabs.tsx";
import { CoverageChart } from "./coverage-chart.tsx";
import { CoverageLimits } from "./coverage-limits.tsx";
import { CoverageSentence } from "./coverage-sentence.tsx";
import { CoverageTable } from "./coverage-table.tsx";
import { ExportCoverage } from "./export-coverage.tsx";

/** Does the record hold every request that OpenAI counted? */
export function CoveragePage() {
  const [state, setState] = useQueryStates(coverageParsers, { history: "push" });
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...coverageQuery(state),
    placeholderData: (before) => before,
  });
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        actions={data && data.rows.length > 0 ? <ExportCoverage coverage={data} state={state} /> : null}
        range={["7d", "30d", "60d", "1y"]}
        sentence={data ? <CoverageSentence coverage={data} /> : null}
        title="Beside OpenAI's figures"
      />
      <UsageTabs current="coverage" range={state} />
      {error ? (
        <ErrorPanel
          error={error}
          onRetry={() => void refetch()}
          title={
            data ? "These figures could not be brought up to date" : "The comparison could not be loaded"
          }
        />
      ) : null}
      {data ? (
        <div
          aria-busy={isPlaceholderData}
          className={cn("flex flex-col gap-5", isPlaceholderData && "opacity-60 transition-opacity")}
        >
          <CoverageBody
            coverage={data}
            onRows={(rows) => void setState({ rows }, { history: "replace" })}
            onSelect={(first, last) =>
              void setState({
                from: first,
                to: new Date(Date.parse(last) + dayMs).toISOString(),
                range: null,
              })
            }
            state={state}
          />
        </div>
      ) : error ? null : (
        <CardSkeleton what="the comparison" />
      )}
    </div>
  );
}

type CoverageBodyProps = {
  coverage: UsageCoverage;
  state: CoverageState;
  onRows: (rows: CoverageState["rows"]) => void;
  onSelect: (first: string, last: string) => void;
};

function CoverageBody({ coverage, state, onRows, onSelect }: CoverageBodyProps) {
  const { rows, tenants } = coverage;
  const isAnyRead = tenants.some(({ account }) => account !== "none");
  return (
    <>
      {rows.length > 0 ? (
        <>
          <CoverageChart coverage={coverage} onSelect={onSelect} />
          <CoverageTable coverage={coverage} onRows={onRows} shown={state.rows} />
        </>
      ) : (
        <Section title="Compared days">
          {isAnyRead ? (
            <Empty kind="no-data" title="No day of this range was compared">
              A day is compared once it is over, where OpenAI counted something of it or the record holds
              calls of it. Figures are read every hour, and three days back at the first time.
            </Empty>
          ) : (
            <Empty kind="no-data" title="There is nothing to compare with yet">
              With the admin key of the organization at OpenAI, the requests it counts are read every hour and
              held against the record: calls that went past it show, two days later and as a number. The key
              is sealed like any other, and used for reading alone.
            </Empty>
          )}
        </Section>
      )}
      <CoverageLimits coverage={coverage} />
    </>
  );
}
