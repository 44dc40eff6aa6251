"use client";

import { type ReactNode, useId } from "react";
import { Bar, BarChart, ResponsiveContainer, Tooltip } from "recharts";
import type { BandPoint } from "../../lib/contracts/overview.ts";
import { stepNoun, type TimeStep } from "../../lib/contracts/time-step.ts";
import type { Band } from "../../lib/core/verdicts/verdict.ts";
import { bandOrder } from "../../lib/core/verdicts/verdict-words.ts";
import { BandMark } from "../ui/band-mark.tsx";
import { bandMeaning } from "../ui/band-meaning.ts";
import { formatCount, formatNoun, formatShort } from "../ui/format-number.ts";
import { chartKey, chartMargin } from "./axis.ts";
import { BandPatterns, bandFill } from "./band-patterns.tsx";
import { BandTable } from "./band-table.tsx";
import { ChartFrame } from "./chart-frame.tsx";
import { ChartGrid, DrawnSpan } from "./chart-grid.tsx";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { stepTitle } from "./step-words.ts";
import { useBrush } from "./use-brush.ts";
import { type BarShape, VisibleBar } from "./visible-bar.tsx";

export type BandChartProps = {
  points: readonly BandPoint[];
  step: TimeStep;
  /** Where the last step ends. */
  to: string;
  state: "loading" | "failed" | "empty" | "ready";
  empty?: ReactNode;
  onRetry?: () => void;
  /** A bar was chosen: the step that begins at `at`. */
  onChoose?: (at: string, band: Band) => void;
  /** A span was drawn over the bars: the starts of its first and last step. */
  onSelect?: (first: string, last: string) => void;
  heightPx?: number;
};

/** Calls of the five bands per step, stacked in the order that bands have everywhere. */
export function BandChart(props: BandChartProps) {
  const { points, step, to, state, empty, onRetry, onChoose, onSelect, heightPx = 240 } = props;
  const { drawn, handlers } = useBrush(onSelect);
  const id = useId().replaceAll(":", "");
  const starts = points.map(({ at }) => at);
  const rows = points.map(({ at, bands }) => ({ at, ...bands }));
  const present = bandOrder.filter((band) => points.some(({ bands }) => bands[band] > 0));
  return (
    <ChartFrame
      description={describe(points, step)}
      empty={empty}
      heightPx={heightPx}
      onRetry={onRetry}
      state={state}
      table={<BandTable points={points} step={step} to={to} />}
    >
      <ResponsiveContainer height="100%" width="100%">
        <BarChart
          // The figures are reached by keyboard in the table beneath.
          accessibilityLayer={false}
          barCategoryGap={points.length > 90 ? 0.5 : "16%"}
          className="select-none"
          key={chartKey(starts, step)}
          data={rows}
          margin={chartMargin}
          {...handlers}
        >
          <BandPatterns id={id} />
          <ChartGrid format={formatShort} isCount starts={starts} step={step} widthPx={44} />
          <Tooltip
            content={({ active, label }) => {
              const point = active ? points.find(({ at }) => at === label) : undefined;
              return point ? <BandTooltip point={point} step={step} to={to} /> : null;
            }}
            cursor={{ fill: "var(--hover)" }}
            isAnimationActive={false}
          />
          {present.map((band) => (
            <Bar
              className={onChoose ? "cursor-pointer" : undefined}
              dataKey={band}
              fill={bandFill(id, band)}
              isAnimationActive={false}
              key={band}
              name={bandMeaning[band].word}
              onClick={(bar) => {
                const { at } = bar.payload as { at: string };
                onChoose?.(at, band);
              }}
              shape={(bar: BarShape) => <VisibleBar {...bar} />}
              stackId="bands"
            />
          ))}
          <DrawnSpan drawn={drawn} />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function BandTooltip({ point, step, to }: { point: BandPoint; step: TimeStep; to: string }) {
  const present = bandOrder.filter((band) => point.bands[band] > 0);
  const sum = present.reduce((total, band) => total + point.bands[band], 0);
  return (
    <ChartTooltip
      footer={formatNoun(sum, "call")}
      rows={present.map((band) => ({
        mark: <BandMark band={band} />,
        value: formatCount(point.bands[band]),
      }))}
      title={stepTitle(point.at, step, to)}
    />
  );
}

function describe(points: readonly BandPoint[], step: TimeStep): string {
  const sums = bandOrder.map((band) => {
    const calls = points.reduce((total, point) => total + point.bands[band], 0);
    return `${bandMeaning[band].word} ${calls}`;
  });
  return `Stacked bars: recorded calls per ${stepNoun[step]}. ${sums.join(", ")}. The same figures follow as a table.`;
}
