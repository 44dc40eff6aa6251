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

/** What the regions cost in time, in words: the slowest against the fastest at p95. */
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
  const [fastest, slowest] = [known[0], known.at(-1)];
  if (!fastest || !slowest || known.length < 2) return "";
  return `: ${formatDuration(fastest.p95)} at ${fastest.name}, ${formatDuration(slowest.p95)} at ${slowest.name}`;
}
