import type { BandCounts } from "../../lib/contracts/overview.ts";
import { bandOrder } from "../../lib/core/verdicts/verdict-words.ts";
import { bandMeaning } from "./band-meaning.ts";
import { cn } from "./cn.ts";
import { formatCount } from "./format-number.ts";

export type BandBarProps = {
  bands: BandCounts;
  /** Calls that fill the whole width; the bar's own sum when absent. */
  outOf?: number;
  className?: string;
};

/** One row of the five bands, drawn to scale. Whatever is not zero stays visible. */
export function BandBar({ bands, outOf, className }: BandBarProps) {
  const sum = bandOrder.reduce((total, band) => total + bands[band], 0);
  const present = bandOrder.filter((band) => bands[band] > 0);
  const words = present.map((band) => `${bandMeaning[band].word} ${formatCount(bands[band])}`).join(", ");
  const width = outOf && outOf > 0 ? Math.max((sum / outOf) * 100, sum > 0 ? 1 : 0) : 100;
  return (
    <div aria-label={words || "No calls"} className={cn("flex h-2 w-full", className)} role="img">
      <div className="flex h-full gap-px" style={{ width: `${Math.min(width, 100)}%` }}>
        {present.map((band) => (
          <div
            className={cn("h-full min-w-1 first:rounded-l-xs last:rounded-r-xs", bandMeaning[band].fill)}
            key={band}
            style={{ flexGrow: bands[band], flexBasis: 0 }}
          />
        ))}
      </div>
    </div>
  );
}
