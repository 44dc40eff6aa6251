import { CartesianGrid, ReferenceArea, XAxis, YAxis } from "recharts";
import type { TimeStep } from "../../lib/contracts/time-step.ts";
import { drawnSpan, timeAxis, valueAxis } from "./axis.ts";
import type { Brush } from "./use-brush.ts";

/** What stands behind the figures of every chart of time: lines, the axis of steps and that of values. */
export function ChartGrid({
  starts,
  step,
  format,
  widthPx,
  isCount = false,
}: {
  starts: readonly string[];
  step: TimeStep;
  format: (value: number) => string;
  /** Of the axis of values. */
  widthPx: number;
  /** Values are counted: there is nothing between two whole numbers. */
  isCount?: boolean;
}) {
  return (
    <>
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis {...timeAxis(starts, step)} />
      <YAxis allowDecimals={!isCount} {...valueAxis(format, widthPx)} />
    </>
  );
}

/** The span that is being drawn over a chart of time, where one is. */
export function DrawnSpan({ drawn }: Pick<Brush, "drawn">) {
  return drawn ? <ReferenceArea {...drawnSpan} x1={drawn.from} x2={drawn.to} /> : null;
}
