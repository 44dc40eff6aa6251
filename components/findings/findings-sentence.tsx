import { openStates } from "../../lib/contracts/finding-parsers.ts";
import type { FindingPage } from "../../lib/contracts/findings.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Skeleton } from "../ui/skeleton.tsx";

/** What must be done, in words and figures. */
export function FindingsSentence({ counts }: { counts: FindingPage["counts"] | undefined }) {
  if (counts === undefined) return <Skeleton className="mt-1 h-4 w-72 max-w-full" />;
  const toDo = openStates.reduce((sum, state) => sum + counts[state], 0);
  const parts = [
    toDo === 0 ? "No finding waits for anyone" : `${formatNoun(toDo, "finding")} to work on`,
    ...(counts.open > 0 ? [`${formatCount(counts.open)} not yet looked at`] : []),
    `${formatCount(counts.resolved)} resolved`,
    ...(counts.accepted > 0 ? [`${formatCount(counts.accepted)} accepted`] : []),
  ];
  return <p>{parts.join(" · ")}</p>;
}
