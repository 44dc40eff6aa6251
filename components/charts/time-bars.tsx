"use client";

import { type ReactNode, useId } from "react";
import { Bar, ComposedChart, Line, ResponsiveContainer, Tooltip } from "recharts";
import { stepNoun, type TimeStep } from "../../lib/contracts/time-step.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { chartKey, chartMargin } from "./axis.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { ChartGrid, DrawnSpan } from "./chart-grid.tsx";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { HatchPattern } from "./hatch-pattern.tsx";
import { StepStart } from "./step-start.tsx";
import { stepHeading, stepTitle } from "./step-words.ts";
import { useBrush } from "./use-brush.ts";
import { type BarShape, VisibleBar } from "./visible-bar.tsx";

export type BarPoint = {
  readonly at: string;
  readonly value: number;
  /** A part of the whole that stands on top of `value`, hatched. */
  readonly extra: number;
  /** The same step of the period before; null where it has none. */
  readonly before: number | null;
};

export type TimeBarsProps = {
  points: readonly BarPoint[];
  step: TimeStep;
  /** Where the last step ends. */
  to: string;
  /** What is counted: "calls", "tokens". */
  what: string;
  /** What the hatched part is; null: there is none. */
  extra: string | null;
  /** Its colour; the accent's where nothing is said. */
  extraColor?: string;
  /** What the line is. */
  line?: string;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
  /** A remark on one point, for its tooltip. */
  noteOf?: (at: string) => string | undefined;
  empty?: ReactNode;
  /** A span was drawn over the bars: the starts of its first and last step. */
  onSelect?: (first: string, last: string) => void;
  heightPx?: number;
};

/** One figure per step as bars, with another as a line: the period before, where nothing else is said. */
export function TimeBars(props: TimeBarsProps) {
  const {
    points,
    step,
    to,
    what,
    extra,
    extraColor = "var(--accent-ink)",
    line = periodBefore,
    format,
    formatAxis,
    noteOf,
    empty,
    onSelect,
    heightPx = 200,
  } = props;
  const brush = useBrush(onSelect);
  const id = useId().replaceAll(":", "");
  const starts = points.map(({ at }) => at);
  const isEmpty = points.every(({ value, extra: more }) => value === 0 && more === 0) && empty !== undefined;
  return (
    <ChartFrame
      description={describe(props)}
      empty={empty}
      heightPx={heightPx}
      state={isEmpty ? "empty" : "ready"}
      table={<BarTable {...props} />}
    >
      <ResponsiveContainer height="100%" width="100%">
        <ComposedChart
          // The figures are reached by keyboard in the table beneath.
          accessibilityLayer={false}
          barCategoryGap={points.length > 90 ? 0.5 : "16%"}
          className="select-none"
          key={chartKey(starts, step)}
          data={[...points]}
          margin={chartMargin}
          {...brush.handlers}
        >
          <defs>
            <HatchPattern id={`${id}-extra`} ink={extraColor} linePx={5} sizePx={5} />
          </defs>
          <ChartGrid format={formatAxis} starts={starts} step={step} widthPx={56} />
          <Tooltip
            content={({ active, label }) => {
              const point = active ? points.find(({ at }) => at === label) : undefined;
              return point ? (
                <ChartTooltip
                  footer={noteOf?.(point.at)}
                  rows={rowsOf(point, { what, extra, line, format })}
                  title={stepTitle(point.at, step, to)}
                />
              ) : null;
            }}
            cursor={{ fill: "var(--hover)" }}
            isAnimationActive={false}
          />
          <Bar dataKey="value" fill="var(--muted)" isAnimationActive={false} name={what} stackId="all" />
          {extra === null ? null : (
            <Bar
              dataKey="extra"
              fill={`url(#${id}-extra)`}
              isAnimationActive={false}
              name={extra}
              shape={(bar: BarShape) => <VisibleBar {...bar} />}
              stackId="all"
            />
          )}
          <Line
            activeDot={false}
            dataKey="before"
            dot={false}
            isAnimationActive={false}
            name={line}
            stroke="var(--faint)"
            strokeDasharray="3 3"
            strokeWidth={1.25}
            type="linear"
          />
          <DrawnSpan drawn={brush.drawn} />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

const periodBefore = "Period before";

type RowWords = Pick<TimeBarsProps, "what" | "extra" | "format"> & { readonly line: string };

function rowsOf(point: BarPoint, { what, extra, line, format }: RowWords) {
  return [
    { mark: <span className="capitalize">{what}</span>, value: format(point.value + point.extra) },
    ...(extra === null ? [] : [{ mark: <span>of it {extra}</span>, value: format(point.extra) }]),
    ...(point.before === null
      ? []
      : [{ mark: <span className="text-muted">{line}</span>, value: format(point.before) }]),
  ];
}

function BarTable({ points, step, to, what, extra, line = periodBefore, format }: TimeBarsProps) {
  return (
    <Table caption={`${what} per ${stepNoun[step]}`}>
      <TableHead>
        <TableRow>
          <TableHeader>{stepHeading[step]}</TableHeader>
          <TableHeader align="right" className="capitalize">
            {what}
          </TableHeader>
          {extra === null ? null : <TableHeader align="right">of it {extra}</TableHeader>}
          <TableHeader align="right">{line}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {points.map((point) => (
          <TableRow key={point.at}>
            <TableCell>
              <StepStart at={point.at} step={step} to={to} />
            </TableCell>
            <TableCell align="right">{format(point.value + point.extra)}</TableCell>
            {extra === null ? null : <TableCell align="right">{format(point.extra)}</TableCell>}
            <TableCell align="right" className="text-muted">
              {point.before === null ? "–" : format(point.before)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function describe({ points, step, what, format }: TimeBarsProps): string {
  const sums = points.map(({ value, extra }) => value + extra);
  const total = sums.reduce((sum, value) => sum + value, 0);
  return `Bars: ${what} per ${stepNoun[step]}, ${format(total)} in all, at most ${format(Math.max(0, ...sums))}. The same figures follow as a table.`;
}
