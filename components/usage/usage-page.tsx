"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { usageQuery } from "../../lib/client/usage.ts";
import { usageParsers } from "../../lib/contracts/usage-parsers.ts";
import { endOfStep } from "../charts/axis.ts";
import { ApplicationPicker } from "../overview/application-picker.tsx";
import { NoCallsInRange } from "../overview/no-calls-in-range.tsx";
import { NoCallsYet } from "../overview/no-calls-yet.tsx";
import { CardSkeleton } from "../ui/card-skeleton.tsx";
import { cn } from "../ui/cn.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { ExportUsage } from "./export-usage.tsx";
import { UsageChart } from "./usage-chart.tsx";
import { UsageFilters } from "./usage-filters.tsx";
import { UsageSentence } from "./usage-sentence.tsx";
import { UsageTable } from "./usage-table.tsx";
import { UsageTabs } from "./usage-tabs.tsx";
import { nextDimension } from "./usage-words.ts";

/** What went where, and what did it cost? */
export function UsagePage() {
  const [state, setState] = useQueryStates(usageParsers, { history: "push" });
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...usageQuery(state),
    placeholderData: (before) => before,
  });
  const isNarrowed =
    state.region.length + state.model.length + state.operation.length + state.application.length > 0;
  const clear = () => void setState({ region: null, model: null, operation: null, application: null });
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        actions={
          data ? (
            <>
              <ExportUsage state={state} usage={data} />
              <ApplicationPicker
                applications={data.applications}
                chosen={state.application[0] ?? null}
                onChoose={(name) => void setState({ application: name === null ? null : [name] })}
              />
            </>
          ) : null
        }
        sentence={data ? <UsageSentence isNarrowed={isNarrowed} usage={data} /> : null}
        title="Usage"
      />
      <UsageTabs current="usage" range={state} />
      {error ? (
        <ErrorPanel
          code={error instanceof ProblemError ? error.problem.code : undefined}
          detail={error instanceof ProblemError ? error.message : undefined}
          onRetry={() => void refetch()}
          title={data ? "These figures could not be brought up to date" : "The usage could not be loaded"}
        />
      ) : null}
      {data ? (
        <div
          aria-busy={isPlaceholderData}
          className={cn("flex flex-col gap-5", isPlaceholderData && "opacity-60 transition-opacity")}
        >
          <UsageFilters
            onClear={clear}
            onRemove={(by, value) => void setState({ [by]: state[by].filter((each) => each !== value) })}
            state={state}
          />
          {!data.hasCalls ? (
            <NoCallsYet tenant={state.tenant} />
          ) : data.rows.length === 0 ? (
            <NoCallsInRange onClear={isNarrowed ? clear : undefined} window={data.window} />
          ) : (
            <>
              <UsageChart
                onSelect={(first, last) =>
                  void setState({ from: first, to: endOfStep(last, data), range: null })
                }
                onShow={(show) => void setState({ show })}
                show={state.show}
                usage={data}
              />
              <UsageTable
                onColumns={(columns) => void setState({ columns }, { history: "replace" })}
                onCountBy={(by) => void setState({ by })}
                onNarrow={(by, key) =>
                  void setState({
                    ...(by === "tenant" ? { tenant: key } : { [by]: [key] }),
                    by: nextDimension[by],
                  })
                }
                state={state}
                usage={data}
              />
            </>
          )}
        </div>
      ) : error ? null : (
        <CardSkeleton what="the usage" />
      )}
    </div>
  );
}
