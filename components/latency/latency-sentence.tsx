import type { Latency } from "../../lib/contracts/latency.ts";
import { noCallsWords } from "../overview/no-calls-words.ts";
import { coverageWords, widenedWords } from "../ui/coverage-words.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatDuration, formatWindow } from "../ui/format-time.ts";
import { regionName } from "../ui/region-name.tsx";

export type LatencySentenceProps = {
  latency: Latency;
  /** The page shows some of the calls alone: that none of those was measured says nothing of the others. */
  isNarrowed: boolean;
};

/** What the regions cost in time, in words: each region that was asked often enough, the fastest first, at p95. */
export function LatencySentence({ latency, isNarrowed }: LatencySentenceProps) {
  const { window, all, regions } = latency;
  const between = formatWindow(window.from, window.to);
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-ink text-md">
        {all.total.p95 === null ? (
          <>
            {noCallsWords(isNarrowed)} was measured, {between}.
          </>
        ) : (
          <>
            95 of 100 calls ended within {formatDuration(all.total.p95)}
            {comparison(regions)}.
          </>
        )}
      </p>
      <p>
        {[
          `${formatNoun(all.total.measured, "call")} measured`,
          between,
          widenedWords(window, latency.step),
          coverageWords[window.coverage],
        ]
          .filter((words) => words !== null)
          .join(" · ")}
      </p>
    </div>
  );
}

/** Regions with few calls are not held against each other. */
const enough = 30;

function comparison(regions: Latency["regions"]): string {
  const known = regions
    .flatMap(({ region, total: { p95, measured } }) =>
      p95 === null || measured < enough ? [] : [{ name: regionName(region), p95 }],
    )
    .sort((a, b) => a.p95 - b.p95);
  if (known.length < 2) return "";
  const named = known.length <= namedMax ? known : [...known.slice(0, namedMax - 1), ...known.slice(-1)];
  return `: ${named.map(({ name, p95 }) => `${formatDuration(p95)} at ${name}`).join(", ")}`;
}

/** More regions than these make no sentence: the fastest and the slowest are named. */
const namedMax = 4;
