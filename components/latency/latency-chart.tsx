import type { Latency } from "../../lib/contracts/latency.ts";
import {
  type LatencyMeasure,
  latencyMeasures,
  type PercentileId,
  percentileIds,
} from "../../lib/contracts/latency-parsers.ts";
import { TimeLines } from "../charts/time-lines.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatDuration } from "../ui/format-time.ts";
import { regionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { Segments } from "../ui/segments.tsx";

export type LatencyChartProps = {
  latency: Latency;
  measure: LatencyMeasure;
  percentile: PercentileId;
  onMeasure: (measure: LatencyMeasure) => void;
  onPercentile: (percentile: PercentileId) => void;
  onSelect: (first: string, last: string) => void;
};

/** One percentile of each region over time, the busiest region first. */
export function LatencyChart(props: LatencyChartProps) {
  const { latency, measure, percentile, onMeasure, onPercentile, onSelect } = props;
  const [first] = latency.regions;
  return (
    <Section
      action={
        <div className="flex flex-wrap gap-2">
          <Segments
            chosen={measure}
            label="Measure"
            onChoose={onMeasure}
            options={latencyMeasures.map((id) => ({ id, word: measureWords[id] }))}
          />
          <Segments
            chosen={percentile}
            label="Percentile"
            onChoose={onPercentile}
            options={percentileIds.map((id) => ({ id, word: id }))}
          />
        </div>
      }
      note="A gap is a step in which nothing was measured. Draw over the lines to narrow the page to a span."
      title="Over time"
    >
      <TimeLines
        empty={
          <Empty
            kind="no-match"
            title={`No ${measureWords[measure].toLowerCase()} was measured in this range`}
          >
            First tokens are known of streams alone: those that went through the gateway, and those whose
            report tells it.
          </Empty>
        }
        format={formatDuration}
        formatAxis={tickWords}
        onSelect={onSelect}
        series={latency.regions.map(({ region, points }) => ({
          id: region,
          name: regionName(region),
          values: points.map((point) => point[measure][percentile]),
        }))}
        starts={first?.points.map(({ at }) => at) ?? []}
        step={latency.step}
        to={latency.window.to}
        what={`${measureWords[measure]}, ${percentile}`}
      />
    </Section>
  );
}

/** Seconds as they are: a tick at 10.5 s does not say 11 s. */
function tickWords(ms: number): string {
  return ms >= 1000 && ms < 60_000 ? `${ms / 1000} s` : formatDuration(ms);
}

const measureWords: Readonly<Record<LatencyMeasure, string>> = {
  total: "Duration",
  firstToken: "First token",
};
