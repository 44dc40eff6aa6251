import { countedNoun } from "../../lib/contracts/time-step.ts";
import type { Usage } from "../../lib/contracts/usage.ts";
import { noCallsWords } from "../overview/no-calls-words.ts";
import { coverageWords, widenedWords } from "../ui/coverage-words.ts";
import { formatNoun, formatShare, formatShort } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { costText } from "./cost-words.ts";
import { usageKeyText } from "./usage-words.ts";

export type UsageSentenceProps = {
  usage: Usage;
  /** The page shows some of the calls alone: that there is none of those says nothing of the others. */
  isNarrowed: boolean;
};

/** What went where, in words: how much there was, and the largest share of it. */
export function UsageSentence({ usage, isNarrowed }: UsageSentenceProps) {
  const { window, total, rows, by } = usage;
  const [largest] = rows;
  const between = formatWindow(window.from, window.to);
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-ink text-md">
        {largest === undefined ? (
          <>
            {noCallsWords(isNarrowed)} was recorded, {between}.
          </>
        ) : (
          <>
            {formatNoun(total.calls, "call")}, {formatShare(largest.calls, total.calls)} of them:{" "}
            {usageKeyText(by, largest.key)}. Cost: {costText(total.cost)}.
          </>
        )}
      </p>
      <p>
        {formatShort(total.inputTokens)} tokens in, {formatShort(total.outputTokens)} out, as reported ·{" "}
        {[between, widenedWords(window, usage.step), coverageWords[window.coverage]]
          .filter((words) => words !== null)
          .join(" · ")}
      </p>
      <p>{comparison(usage)}</p>
    </div>
  );
}

/** The period before, against the whole hours or days of this one. */
function comparison({ compared, previous, comparable, step }: Usage): string {
  const whole = countedNoun(step);
  if (compared.from === compared.to) return `Compared with nothing: the range ends in its first ${whole}`;
  if (!comparable)
    return `Nothing to compare with: ${formatWindow(previous.from, previous.to)} begins before the first recorded call`;
  const told = ({ from, to, calls, cost }: Usage["compared"]) => {
    const amount =
      calls === 0 ? formatNoun(calls, "call") : `${formatNoun(calls, "call")}, cost ${costText(cost)}`;
    return `${amount} (${formatWindow(from, to)})`;
  };
  return `Compared by whole ${whole}s: ${told(compared)}; before: ${told(previous)}`;
}
