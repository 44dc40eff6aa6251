import type { Usage } from "../../lib/contracts/usage.ts";
import { coverageWords } from "../ui/coverage-words.ts";
import { formatNoun, formatShare, formatShort } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { costText } from "./cost-words.ts";
import { usageKeyText } from "./usage-words.ts";

/** What went where, in words: how much there was, and the largest share of it. */
export function UsageSentence({ usage }: { usage: Usage }) {
  const { window, total, rows, by, previous } = usage;
  const [largest] = rows;
  const between = formatWindow(window.from, window.to);
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-ink text-md">
        {largest === undefined ? (
          <>No call was recorded, {between}.</>
        ) : (
          <>
            {formatNoun(total.calls, "call")}, {formatShare(largest.calls, total.calls)} of them:{" "}
            {usageKeyText(by, largest.key)}. Cost: {costText(total.cost)}.
          </>
        )}
      </p>
      <p>
        {formatShort(total.inputTokens)} tokens in, {formatShort(total.outputTokens)} out, as reported ·{" "}
        {formatNoun(previous.calls, "call")} in the period before, cost then: {costText(previous.cost)} ·{" "}
        {between} · {coverageWords[window.coverage]}
      </p>
    </div>
  );
}
