"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { latencyQuery } from "../../lib/client/latency.ts";
import { latencyParsers } from "../../lib/contracts/latency-parsers.ts";
import { endOfStep } from "../charts/axis.ts";
import { ApplicationPicker } from "../overview/application-picker.tsx";
import { NoCallsInRange } from "../overview/no-calls-in-range.tsx";
import { NoCallsYet } from "../overview/no-calls-yet.tsx";
import { CardSkeleton } from "../ui/card-skeleton.tsx";
import { cn } from "../ui/cn.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { FilterRow } from "../ui/filter-row.tsx";
import { NamePicker } from "../ui/name-picker.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { ExportLatency } from "./export-latency.tsx";
import { LatencyChart } from "./latency-chart.tsx";
import { LatencySentence } from "./latency-sentence.tsx";
import { LatencyTable } from "./latency-table.tsx";
import { ProbeSection } from "./probe-section.tsx";

/** What does the region cost in time? */
export function LatencyPage() {
  const [state, setState] = useQueryStates(latencyParsers, { history: "push" });
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...latencyQuery(state),
    placeholderData: (before) => before,
  });
  const only = (name: string | null) => (name === null ? null : [name]);
  const isNarrowed = state.application.length + state.model.length + state.operation.length > 0;
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        actions={data ? <ExportLatency latency={data} state={state} /> : null}
        sentence={data ? <LatencySentence isNarrowed={isNarrowed} latency={data} /> : null}
        title="Latency"
      />
      {data ? (
        <FilterRow>
          <ApplicationPicker
            applications={data.applications}
            chosen={state.application[0] ?? null}
            onChoose={(name) => void setState({ application: only(name) })}
          />
          <NamePicker
            all="All models"
            chosen={state.model[0] ?? null}
            label="Model"
            nameOf={(name) => (name === "none" ? "No model" : name)}
            names={data.models}
            onChoose={(name) => void setState({ model: only(name) })}
          />
          <NamePicker
            all="All operations"
            chosen={state.operation[0] ?? null}
            label="Operation"
            names={data.operations}
            onChoose={(name) => void setState({ operation: only(name) })}
          />
        </FilterRow>
      ) : null}
      {error ? (
        <ErrorPanel
          code={error instanceof ProblemError ? error.problem.code : undefined}
          detail={error instanceof ProblemError ? error.message : undefined}
          onRetry={() => void refetch()}
          title={data ? "These figures could not be brought up to date" : "The latencies could not be loaded"}
        />
      ) : null}
      {data ? (
        <div
          aria-busy={isPlaceholderData}
          className={cn("flex flex-col gap-5", isPlaceholderData && "opacity-60 transition-opacity")}
        >
          {!data.hasCalls ? (
            <NoCallsYet tenant={state.tenant} />
          ) : data.regions.length === 0 ? (
            <NoCallsInRange
              onClear={
                isNarrowed
                  ? () => void setState({ application: null, model: null, operation: null })
                  : undefined
              }
              window={data.window}
            />
          ) : (
            <>
              <LatencyChart
                latency={data}
                measure={state.measure}
                onMeasure={(measure) => void setState({ measure })}
                onPercentile={(percentile) => void setState({ percentile })}
                onSelect={(first, last) =>
                  void setState({ from: first, to: endOfStep(last, data), range: null })
                }
                percentile={state.percentile}
              />
              <LatencyTable
                latency={data}
                onModel={(model) => void setState({ model: [model], rows: null })}
                onRows={(rows) => void setState({ rows })}
                state={state}
              />
            </>
          )}
        </div>
      ) : error ? null : (
        <CardSkeleton what="the latencies" />
      )}
      <ProbeSection key={state.tenant} tenant={state.tenant} />
    </div>
  );
}
