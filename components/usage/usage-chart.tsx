import type { Usage } from "../../lib/contracts/usage.ts";
import { type UsageMeasure, usageMeasures } from "../../lib/contracts/usage-parsers.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { type BarPoint, TimeBars } from "../charts/time-bars.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatCount, formatNoun, formatShort } from "../ui/format-number.ts";
import { formatUsd } from "../ui/format-usd.ts";
import { Section } from "../ui/section.tsx";
import { Segments } from "../ui/segments.tsx";
import { leftOutText } from "./cost-words.ts";

export type UsageChartProps = {
  usage: Usage;
  show: UsageMeasure;
  onShow: (show: UsageMeasure) => void;
  onSelect: (first: string, last: string) => void;
};

/** Calls, tokens or cost over time, beside the period before; of the cost, what regional hosts added. */
export function UsageChart({ usage, show, onShow, onSelect }: UsageChartProps) {
  const isCost = show === "cost";
  const format = isCost ? formatUsd : formatCount;
  return (
    <Section
      action={
        <Segments
          chosen={show}
          label="Draw"
          onChoose={onShow}
          options={usageMeasures.map((id) => ({ id, word: measureWords[id] }))}
        />
      }
      note={
        isCost
          ? `Of calls with a known price alone. Hatched: what regional hosts added. ${lineWords(usage)}Draw over the bars to narrow the page.`
          : `${lineWords(usage)}Draw over the bars to narrow the page to a span.`
      }
      title="Over time"
    >
      <TimeBars
        empty={
          isCost ? (
            <Empty kind="no-data" title="No call in this range has a known price">
              {leftOutText(usage.total.cost) ?? "Nothing was sent"}. Prices are stated under Settings, Prices.
            </Empty>
          ) : undefined
        }
        extra={isCost ? "added by regional hosts" : null}
        format={format}
        formatAxis={isCost ? shortUsd : formatShort}
        noteOf={(at) => (isCost ? noteOf(usage, at) : undefined)}
        onSelect={onSelect}
        points={usage.points.map((point) => barPoint(point, show))}
        step={usage.step}
        to={usage.window.to}
        what={show}
      />
    </Section>
  );
}

/** What the line is, with the distance of its days: whole weeks, so that weekdays stand side by side. */
function lineWords({ comparable, step, lineMs }: Usage): string {
  if (!comparable) return "";
  return step === "day"
    ? `Line: ${formatNoun(lineMs / dayMs, "day")} earlier. `
    : "Line: the period before. ";
}

const measureWords: Readonly<Record<UsageMeasure, string>> = {
  calls: "Calls",
  tokens: "Tokens",
  cost: "Cost",
};

function barPoint(point: Usage["points"][number], show: UsageMeasure): BarPoint {
  const { at, cost, before } = point;
  if (show !== "cost") return { at, value: point[show], extra: 0, before: before?.[show] ?? null };
  return {
    at,
    value: cost.usd - cost.upliftUsd,
    extra: cost.upliftUsd,
    before: before === null ? null : before.cost.usd,
  };
}

function noteOf(usage: Usage, at: string): string | undefined {
  const point = usage.points.find((each) => each.at === at);
  const left = point ? leftOutText(point.cost) : null;
  return left === null ? undefined : `Left out: ${left}`;
}

function shortUsd(usd: number): string {
  return usd >= 1_000 ? `$${formatShort(usd)}` : `$${Number(usd.toPrecision(3))}`;
}
