import type { Percentiles } from "../../lib/contracts/latency.ts";
import type { PercentileId } from "../../lib/contracts/latency-parsers.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatDuration } from "../ui/format-time.ts";
import { enoughFor, isEnough } from "./few.ts";

/** One percentile; of too few calls it is said to be what it is, the slowest of them. */
export function Reading({ figures, percentile }: { figures: Percentiles; percentile: PercentileId }) {
  const { measured, [percentile]: ms } = figures;
  if (ms === null) return <span className="text-faint">Unknown</span>;
  if (isEnough(percentile, measured)) return formatDuration(ms);
  return (
    <span
      className="text-faint"
      title={`The slowest of ${formatNoun(measured, "call")}: a ${percentile} needs ${enoughFor[percentile]}`}
    >
      <abbr className="no-underline" title="The slowest of them">
        max
      </abbr>{" "}
      {formatDuration(ms)}
    </span>
  );
}
