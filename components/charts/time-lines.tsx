"use client";

import type { ReactNode } from "react";
import { Line, LineChart, ResponsiveContainer, Tooltip } from "recharts";
import { stepNoun, type TimeStep } from "../../lib/contracts/time-step.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { chartKey, chartMargin } from "./axis.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { ChartGrid, DrawnSpan } from "./chart-grid.tsx";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { StepStart } from "./step-start.tsx";
import { stepHeading, stepTitle } from "./step-words.ts";
import { useBrush } from "./use-brush.ts";

export type TimeSeries = {
  readonly id: string;
  readonly name: string;
  /** One per step; null where nothing was measured: the line has a gap there. */
  readonly values: readonly (number | null)[];
};

export type TimeLinesProps = {
  /** Starts of the steps. */
  starts: readonly string[];
  step: TimeStep;
  /** Where the last step ends. */
  to: string;
  what: string;
  /** At most four are drawn, told apart by their dashes as well; all of them stand in the table. */
  series: readonly TimeSeries[];
  format: (value: number) => string;
  /** For the axis, where no two ticks may read alike and none be rounded. */
  formatAxis?: (value: number) => string;
  empty?: ReactNode;
  onSelect?: (first: string, last: string) => void;
  heightPx?: number;
};

const drawnMax = 4;

const strokes = [
  { stroke: "var(--ink)", dash: undefined, width: 1.75 },
  { stroke: "var(--accent-ink)", dash: undefined, width: 1.75 },
  { stroke: "var(--muted)", dash: "6 3", width: 1.5 },
  { stroke: "var(--faint)", dash: "2 3", width: 1.5 },
] as const;

/** A few measures over time as lines, each with its name beside its dash. */
export function TimeLines(props: TimeLinesProps) {
  const { starts, step, to, series, format, formatAxis = format, empty, onSelect, heightPx = 200 } = props;
  const brush = useBrush(onSelect);
  const drawn = series.slice(0, drawnMax);
  const rows = starts.map((at, i) => ({
    at,
    ...Object.fromEntries(drawn.map(({ id, values }) => [id, values[i] ?? null])),
  }));
  const isEmpty = series.every(({ values }) => values.every((value) => value === null));
  return (
    <>
      {isEmpty ? null : (
        <ul className="flex flex-wrap gap-x-5 gap-y-1 px-4 pt-3 text-sm">
          {drawn.map(({ id, name }, i) => (
            <li className="inline-flex items-center gap-2" key={id}>
              <Dash index={i} />
              {name}
            </li>
          ))}
          {series.length > drawnMax ? (
            <li className="text-faint">{series.length - drawnMax} more in the table</li>
          ) : null}
        </ul>
      )}
      <ChartFrame
        description={describe(props)}
        empty={empty}
        heightPx={heightPx}
        state={isEmpty ? "empty" : "ready"}
        table={<LineTable {...props} />}
      >
        <ResponsiveContainer height="100%" width="100%">
          <LineChart
            accessibilityLayer={false}
            className="select-none"
            data={rows}
            key={chartKey(starts, step)}
            margin={chartMargin}
            {...brush.handlers}
          >
            <ChartGrid format={formatAxis} starts={starts} step={step} widthPx={64} />
            <Tooltip
              content={({ active, label }) => {
                const i = active ? starts.indexOf(String(label)) : -1;
                const at = starts[i];
                if (at === undefined) return null;
                return (
                  <ChartTooltip
                    rows={series.map(({ name, values }, index) => ({
                      mark: (
                        <span className="inline-flex items-center gap-2">
                          {index < drawnMax ? <Dash index={index} /> : null}
                          {name}
                        </span>
                      ),
                      value: shown(values[i], format),
                    }))}
                    title={stepTitle(at, step, to)}
                  />
                );
              }}
              cursor={{ stroke: "var(--line-strong)" }}
              isAnimationActive={false}
            />
            {drawn.map(({ id, name, values }, i) => (
              <Line
                activeDot={{ r: 3 }}
                connectNulls={false}
                dataKey={id}
                dot={({ key, cx, cy, index }) =>
                  isAlone(values, index) ? (
                    <circle cx={cx} cy={cy} fill={strokes[i]?.stroke} key={key} r={2.5} />
                  ) : (
                    <g key={key} />
                  )
                }
                isAnimationActive={false}
                key={id}
                name={name}
                stroke={strokes[i]?.stroke}
                strokeDasharray={strokes[i]?.dash}
                strokeWidth={strokes[i]?.width}
                type="linear"
              />
            ))}
            <DrawnSpan drawn={brush.drawn} />
          </LineChart>
        </ResponsiveContainer>
      </ChartFrame>
    </>
  );
}

/** A value between gaps, which no line leads to or from: it is a dot. */
function isAlone(values: TimeSeries["values"], i: number): boolean {
  return values[i] != null && values[i - 1] == null && values[i + 1] == null;
}

function Dash({ index }: { index: number }) {
  const { stroke, dash, width } = strokes[index] ?? strokes[0];
  return (
    <svg aria-hidden="true" height="8" viewBox="0 0 20 8" width="20">
      <line stroke={stroke} strokeDasharray={dash} strokeWidth={width} x1="0" x2="20" y1="4" y2="4" />
    </svg>
  );
}

function shown(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "not measured" : format(value);
}

function LineTable({ starts, step, to, what, series, format }: TimeLinesProps) {
  return (
    <Table caption={`${what} per ${stepNoun[step]}`}>
      <TableHead>
        <TableRow>
          <TableHeader>{stepHeading[step]}</TableHeader>
          {series.map(({ id, name }) => (
            <TableHeader align="right" key={id}>
              {name}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {starts.map((at, i) => (
          <TableRow key={at}>
            <TableCell>
              <StepStart at={at} step={step} to={to} />
            </TableCell>
            {series.map(({ id, values }) => (
              <TableCell align="right" key={id}>
                {shown(values[i], format)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function describe({ step, what, series, format }: TimeLinesProps): string {
  const parts = series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0
      ? `${name}: not measured`
      : `${name}: between ${format(Math.min(...known))} and ${format(Math.max(...known))}`;
  });
  return `Lines: ${what} per ${stepNoun[step]}. ${parts.join("; ")}. The same figures follow as a table.`;
}
