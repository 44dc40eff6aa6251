export type SparklineProps = {
  /** null: nothing was measured then; the line has a gap there. */
  values: readonly (number | null)[];
  /** Top of the scale; the largest value when absent. Lines that stand above each other share one. */
  scaleMax?: number;
  /** What the line shows, with its extremes: read in its place. */
  description: string;
  widthPx?: number;
  heightPx?: number;
};

/** A line as high as its text, without axes: the figures stand beside it. A value alone between gaps is a dot. */
export function Sparkline({ values, scaleMax, description, widthPx = 120, heightPx = 20 }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  const top = Math.max(scaleMax ?? Math.max(0, ...known), 1);
  const x = (i: number) => (values.length < 2 ? widthPx / 2 : 1 + (i / (values.length - 1)) * (widthPx - 2));
  const y = (value: number) => heightPx - 1.5 - (Math.min(value, top) / top) * (heightPx - 3);
  return (
    <svg
      aria-label={description}
      className="block overflow-visible text-muted"
      height={heightPx}
      role="img"
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      width={widthPx}
    >
      <line stroke="var(--line)" x1={0} x2={widthPx} y1={heightPx - 0.5} y2={heightPx - 0.5} />
      {runsOf(values).map((run) =>
        run.length === 1 ? (
          <circle
            cx={x(run[0]?.i ?? 0)}
            cy={y(run[0]?.value ?? 0)}
            fill="currentColor"
            key={run[0]?.i}
            r={1.5}
          />
        ) : (
          <polyline
            fill="none"
            key={run[0]?.i}
            points={run.map(({ i, value }) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(" ")}
            stroke="currentColor"
            strokeLinejoin="round"
            strokeWidth={1.25}
          />
        ),
      )}
    </svg>
  );
}

type Point = { readonly i: number; readonly value: number };

/** Stretches without a gap. */
function runsOf(values: readonly (number | null)[]): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const [i, value] of values.entries()) {
    if (value !== null) {
      if (run.length === 0) runs.push(run);
      run.push({ i, value });
    } else run = [];
  }
  return runs;
}
