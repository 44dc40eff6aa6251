import type { Spread } from "../../lib/core/samples/compare-pairs.ts";
import { formatDuration } from "../ui/format-time.ts";

export type SampleStripProps = { values: readonly number[]; spread: Spread | null; scaleMaxMs: number };

const widthPx = 256;
const heightPx = 20;

/** Each sample as a dot, the middle half as a bar, the median as a line, on a scale that all strips share. */
export function SampleStrip({ values, spread, scaleMaxMs }: SampleStripProps) {
  if (spread === null) return <span className="text-faint">Nothing measured</span>;
  const x = (ms: number) => 3 + (ms / Math.max(1, scaleMaxMs)) * (widthPx - 6);
  return (
    <svg
      aria-label={`${values.length} samples, median ${formatDuration(spread.median)}`}
      className="block max-w-full text-ink"
      height={heightPx}
      role="img"
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      width={widthPx}
    >
      <line stroke="var(--line)" x1={0} x2={widthPx} y1={heightPx / 2} y2={heightPx / 2} />
      <rect
        fill="var(--line-strong)"
        height={8}
        width={Math.max(1, x(spread.upperQuartile) - x(spread.lowerQuartile))}
        x={x(spread.lowerQuartile)}
        y={6}
      />
      {values.map((ms, i) => (
        <circle
          cx={x(ms)}
          cy={heightPx / 2}
          fill="none"
          // biome-ignore lint/suspicious/noArrayIndexKey: samples only ever come after each other.
          key={i}
          opacity={0.7}
          r={2.5}
          stroke="currentColor"
        />
      ))}
      <line
        stroke="var(--accent-ink)"
        strokeWidth={2}
        x1={x(spread.median)}
        x2={x(spread.median)}
        y1={2}
        y2={heightPx - 2}
      />
    </svg>
  );
}
