"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ApplicationPicker } from "../../../components/overview/application-picker.tsx";
import { BandSummary } from "../../../components/overview/band-summary.tsx";
import { CallsOverTime } from "../../../components/overview/calls-over-time.tsx";
import { CoverageNote } from "../../../components/overview/coverage-note.tsx";
import { FailingAlerts } from "../../../components/overview/failing-alerts.tsx";
import { FlagList } from "../../../components/overview/flag-list.tsx";
import { LedgerHealth } from "../../../components/overview/ledger-health.tsx";
import { NoCallsInRange } from "../../../components/overview/no-calls-in-range.tsx";
import { NoCallsYet } from "../../../components/overview/no-calls-yet.tsx";
import { OpenFindingList } from "../../../components/overview/open-finding-list.tsx";
import { OverviewSentence } from "../../../components/overview/overview-sentence.tsx";
import { OverviewSkeleton } from "../../../components/overview/overview-skeleton.tsx";
import { RecordLimits } from "../../../components/overview/record-limits.tsx";
import { RegionMap } from "../../../components/overview/region-map.tsx";
import { RegionUsageTable } from "../../../components/overview/region-usage-table.tsx";
import { WaitingList } from "../../../components/overview/waiting-list.tsx";
import { RestatedNote } from "../../../components/restatements/restated-note.tsx";
import { ErrorPanel } from "../../../components/ui/error-panel.tsx";
import { PageHeader } from "../../../components/ui/page-header.tsx";
import { ProblemError } from "../../../lib/client/fetch-json.ts";
import { overviewQuery } from "../../../lib/client/overview.ts";
import type { Overview } from "../../../lib/contracts/overview.ts";
import { type OverviewState, overviewParsers } from "../../../lib/contracts/overview-parsers.ts";
import { rangeOf } from "../../../lib/contracts/range-parsers.ts";

/** Did any recorded call go outside policy? */
export function OverviewPage() {
  const [state, setState] = useQueryStates(overviewParsers, { history: "push" });
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...overviewQuery(state),
    placeholderData: (before) => before,
  });
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        sentence={
          data ? (
            <div className={isPlaceholderData ? faded : undefined}>
              <OverviewSentence isNarrowed={state.application.length > 0} overview={data} />
              {data.coverage === null ? null : (
                <CoverageNote coverage={data.coverage} tenant={state.tenant} />
              )}
            </div>
          ) : null
        }
        actions={
          data ? (
            <ApplicationPicker
              applications={data.applications}
              chosen={state.application[0] ?? null}
              onChoose={(name) => void setState({ application: name === null ? null : [name] })}
            />
          ) : null
        }
        title="Overview"
      />
      <LedgerHealth tenant={state.tenant} />
      <FailingAlerts tenant={state.tenant} />
      <WaitingList tenant={state.tenant} />
      <RestatedNote range={rangeOf(state)} />
      {error ? (
        <ErrorPanel
          code={error instanceof ProblemError ? error.problem.code : undefined}
          detail={error instanceof ProblemError ? error.message : undefined}
          onRetry={() => void refetch()}
          title={data ? "These figures could not be brought up to date" : "The overview could not be loaded"}
        />
      ) : null}
      {data ? (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? faded : undefined}>
          <OverviewBody
            onClear={() => void setState({ application: null })}
            onRange={(from, to) => void setState({ from, to })}
            overview={data}
            state={state}
          />
        </div>
      ) : error ? null : (
        <OverviewSkeleton />
      )}
    </div>
  );
}

/** What still shows the range before. */
const faded = "opacity-60 transition-opacity";

type OverviewBodyProps = {
  overview: Overview;
  state: OverviewState;
  onRange: (from: string, to: string) => void;
  onClear: () => void;
};

function OverviewBody({ overview, state, onRange, onClear }: OverviewBodyProps) {
  if (!overview.hasCalls && overview.openFindingCount === 0) return <NoCallsYet tenant={state.tenant} />;
  return (
    <div className="flex flex-col gap-5">
      {overview.calls === 0 ? (
        <>
          <NoCallsInRange
            onClear={state.application.length > 0 ? onClear : undefined}
            window={overview.window}
          />
          <OpenFindingList overview={overview} state={state} />
        </>
      ) : (
        <>
          <RecordedCalls onRange={onRange} overview={overview} state={state} />
          <div className="grid gap-5 xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
            <FlagList overview={overview} state={state} />
            <OpenFindingList overview={overview} state={state} />
          </div>
        </>
      )}
      <RecordLimits overview={overview} />
    </div>
  );
}

function RecordedCalls({ overview, state, onRange }: Omit<OverviewBodyProps, "onClear">) {
  return (
    <>
      <BandSummary overview={overview} state={state} />
      <CallsOverTime onRange={onRange} overview={overview} state={state} />
      <RegionMap overview={overview} state={state} />
      <RegionUsageTable overview={overview} state={state} />
    </>
  );
}
