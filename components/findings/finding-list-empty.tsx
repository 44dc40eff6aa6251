import { isNarrowed } from "../../lib/contracts/finding-parsers.ts";
import type { FindingPage } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { selectionWords } from "./selection-words.ts";
import type { FindingSearchState } from "./use-finding-search.ts";

export type FindingListEmptyProps = { counts: FindingPage["counts"]; search: FindingSearchState };

/** Why nothing is listed: no finding was ever opened, none matches, or none is left to work on. */
export function FindingListEmpty({ counts, search }: FindingListEmptyProps) {
  const { state, only } = search.state;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const frame = "rounded-md border bg-surface";
  if (only !== null)
    return (
      <Empty className={frame} kind="nothing-found" title={selectionWords[only].none}>
        {selectionWords[only].meaning}: none, under these filters.
      </Empty>
    );
  if (isNarrowed(search.state) || (state.length > 0 && all > 0)) {
    return (
      <Empty
        action={
          <Button onClick={search.clear} size="sm">
            Back to what is to do
          </Button>
        }
        className={frame}
        kind="no-match"
        title="No finding matches these filters"
      >
        {formatNoun(all, "finding")} in all states.
      </Empty>
    );
  }
  if (all === 0) {
    return (
      <Empty className={frame} kind="no-data" title="No finding has been opened yet">
        A finding opens by itself with the first recorded call that gives cause: outside policy, not
        verifiable, or a project whose pin is not known. What was never recorded opens none.
      </Empty>
    );
  }
  return (
    <Empty className={frame} kind="nothing-found" title="No finding waits for anyone">
      {formatNoun(all, "finding")} were opened; all are resolved or accepted. A new call of the same kind
      opens a resolved one again.
    </Empty>
  );
}
