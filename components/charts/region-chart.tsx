"use client";

import { useId } from "react";
import { Area, AreaChart, ResponsiveContainer, Tooltip } from "recharts";
import type { BandPoint } from "../../lib/contracts/overview.ts";
import { stepNoun, type TimeStep } from "../../lib/contracts/time-step.ts";
import { formatCount, formatNoun, formatShort } from "../ui/format-number.ts";
import { isPlaceless } from "../ui/placeless.ts";
import { regionName } from "../ui/region-name.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { chartKey, chartMargin } from "./axis.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { ChartGrid, DrawnSpan } from "./chart-grid.tsx";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { HatchPattern } from "./hatch-pattern.tsx";
import { StepStart } from "./step-start.tsx";
import { stepHeading, stepTitle } from "./step-words.ts";
import { useBrush } from "./use-brush.ts";

export type RegionChartProps = {
  points: readonly BandPoint[];
  /** Those that had calls, in the order in which they are stacked: the first lies at the bottom. */
  regions: readonly string[];
  step: TimeStep;
  /** Where the last step ends. */
  to: string;
  /** A span was drawn over the areas: the starts of its first and last step. */
  onSelect?: (first: string, last: string) => void;
  heightPx?: number;
};

/**
 * Calls by region per step, as stacked areas. Regions are told apart by shades of ink, for colour says bands; what is in no
 * region is hatched.
 */
export function RegionChart(props: RegionChartProps) {
  const { points, regions, step, to, onSelect, heightPx = 240 } = props;
  const { drawn, handlers } = useBrush(onSelect);
  const id = useId().replaceAll(":", "");
  const starts = points.map(({ at }) => at);
  const fillOf = (region: string): string =>
    isPlace(region) ? shadeOf(region, regions) : `url(#${id}-${region})`;
  return (
    <ChartFrame
      description={describe(props)}
      heightPx={heightPx}
      state="ready"
      table={<RegionTable {...props} />}
    >
      <ResponsiveContainer height="88%" width="100%">
        <AreaChart
          // The figures are reached by keyboard in the table beneath.
          accessibilityLayer={false}
          className="select-none"
          key={chartKey(starts, step)}
          data={points.map(({ at, regions: calls }) => ({ at, ...calls }))}
          margin={chartMargin}
          {...handlers}
        >
          <defs>
            {regions
              .filter((region) => !isPlace(region))
              .map((region, index) => (
                <HatchPattern
                  degrees={45 + index * 45}
                  id={`${id}-${region}`}
                  ink="var(--muted)"
                  key={region}
                  linePx={3}
                  sizePx={6}
                />
              ))}
          </defs>
          <ChartGrid format={formatShort} isCount starts={starts} step={step} widthPx={44} />
          <Tooltip
            content={({ active, label }) => {
              const point = active ? points.find(({ at }) => at === label) : undefined;
              return point ? (
                <ChartTooltip
                  footer={formatNoun(sumOf(point), "call")}
                  rows={regions.toReversed().flatMap((region) => {
                    const calls = point.regions[region] ?? 0;
                    return calls === 0 ? [] : [{ mark: regionName(region), value: formatCount(calls) }];
                  })}
                  title={stepTitle(point.at, step, to)}
                />
              ) : null;
            }}
            cursor={{ stroke: "var(--line-strong)" }}
            isAnimationActive={false}
          />
          {regions.map((region) => (
            <Area
              activeDot={false}
              dataKey={(row: Record<string, number>) => row[region] ?? 0}
              fill={fillOf(region)}
              fillOpacity={1}
              isAnimationActive={false}
              key={region}
              name={regionName(region)}
              stackId="regions"
              stroke="var(--surface)"
              strokeWidth={1}
              type="linear"
            />
          ))}
          <DrawnSpan drawn={drawn} />
        </AreaChart>
      </ResponsiveContainer>
      <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 px-2 text-muted text-xs">
        {regions.map((region) => (
          <li className="flex items-center gap-1.5" key={region}>
            <svg className="size-2.5 rounded-xs border border-line-strong" viewBox="0 0 10 10">
              <title>{regionName(region)}</title>
              <rect fill={fillOf(region)} height="10" width="10" />
            </svg>
            {regionName(region)}
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function isPlace(region: string): boolean {
  return !isPlaceless(region);
}

/** From dark to light in the order of the stack. */
function shadeOf(region: string, regions: readonly string[]): string {
  const places = regions.filter(isPlace);
  const rank = places.indexOf(region);
  const percent = Math.round(70 - (50 * rank) / Math.max(1, places.length - 1));
  return `color-mix(in oklab, var(--ink) ${percent}%, var(--surface))`;
}

function sumOf({ regions }: BandPoint): number {
  return Object.values(regions).reduce((total, calls) => total + calls, 0);
}

function RegionTable({ points, regions, step, to }: RegionChartProps) {
  return (
    <Table caption={`Calls by region per ${stepNoun[step]}`}>
      <TableHead>
        <TableRow>
          <TableHeader>{stepHeading[step]}</TableHeader>
          {regions.map((region) => (
            <TableHeader align="right" key={region}>
              {regionName(region)}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {points.map((point) => (
          <TableRow key={point.at}>
            <TableCell>
              <StepStart at={point.at} step={step} to={to} />
            </TableCell>
            {regions.map((region) => (
              <TableCell align="right" key={region}>
                {formatCount(point.regions[region] ?? 0)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function describe({ points, regions, step }: RegionChartProps): string {
  const sums = regions.map((region) => {
    const calls = points.reduce((total, point) => total + (point.regions[region] ?? 0), 0);
    return `${regionName(region)} ${calls}`;
  });
  return `Stacked areas: calls by region per ${stepNoun[step]}. ${sums.join(", ")}. The same figures follow as a table.`;
}
