import type { UsageCoverage } from "../../lib/contracts/coverage.ts";
import { type BarPoint, TimeBars } from "../charts/time-bars.tsx";
import { formatCount, formatShort } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";

export type CoverageChartProps = {
  coverage: UsageCoverage;
  onSelect: (first: string, last: string) => void;
};

/** What OpenAI counted each day, with what of it the record does not hold, beside what recorded calls sent. */
export function CoverageChart({ coverage: { points, window }, onSelect }: CoverageChartProps) {
  const bars = points.map(
    ({ at, providerRequests, missing, recorded, standing }): BarPoint => ({
      at,
      value: providerRequests - missing,
      extra: missing,
      before: standing === "none" ? null : recorded,
    }),
  );
  const noteOf = (at: string) => {
    const standing = points.find((point) => point.at === at)?.standing;
    if (standing === "none") return "Nothing compared: nothing counted, or not read";
    return standing === "provisional" ? "Provisional: settled 48 hours after the day's end" : undefined;
  };
  return (
    <Section
      note="Without batches, where OpenAI tells them apart. Line: requests of recorded calls, whatever was answered. Hatched: not in the record. Draw over the bars to narrow the page."
      title="Requests per day"
    >
      <TimeBars
        extra="not in the record"
        extraColor="var(--outside)"
        format={formatCount}
        formatAxis={formatShort}
        line="Recorded"
        noteOf={noteOf}
        onSelect={onSelect}
        points={bars}
        step="day"
        to={`${window.to}T00:00:00.000Z`}
        what="counted by OpenAI"
      />
    </Section>
  );
}
