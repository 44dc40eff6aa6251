"use client";

import { openStates } from "../../lib/contracts/finding-parsers.ts";
import {
  type FindingPage,
  type FindingState,
  findingSelections,
  findingStates,
} from "../../lib/contracts/findings.ts";
import { formatCount } from "../ui/format-number.ts";
import { selectionWords } from "./selection-words.ts";
import type { FindingSearchState } from "./use-finding-search.ts";

type View = { readonly title: string; readonly states: readonly FindingState[] };

const views: readonly View[] = [
  { title: "To do", states: [] },
  { title: "Open", states: ["open"] },
  { title: "Acknowledged", states: ["acknowledged", "investigating"] },
  { title: "Resolved", states: ["resolved"] },
  { title: "Accepted", states: ["accepted"] },
  { title: "All", states: findingStates },
];

const viewStyle =
  "inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-ink aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-ink";

export type FindingViewsProps = { counts: FindingPage["counts"] | undefined; search: FindingSearchState };

/** By which states findings are listed, with their counts, or by what somebody has to look at. */
export function FindingViews({ counts, search: { state, set } }: FindingViewsProps) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">State</legend>
      {views.map(({ title, states }) => (
        <button
          aria-pressed={state.only === null && sameStates(state.state, states)}
          className={viewStyle}
          key={title}
          onClick={() => set({ state: [...states], only: null })}
          type="button"
        >
          {title}
          <span className="text-faint text-xs tabular-nums">
            {counts === undefined ? "" : formatCount(sumOf(counts, states))}
          </span>
        </button>
      ))}
      {findingSelections.map((only) => (
        <button
          aria-pressed={state.only === only}
          className={viewStyle}
          key={only}
          onClick={() => set({ state: [...findingStates], only })}
          title={selectionWords[only].meaning}
          type="button"
        >
          {selectionWords[only].title}
        </button>
      ))}
    </fieldset>
  );
}

function sameStates(chosen: readonly FindingState[], view: readonly FindingState[]): boolean {
  return [...chosen].sort().join() === [...view].sort().join();
}

/** No state chosen means the inbox. */
function sumOf(counts: FindingPage["counts"], states: readonly FindingState[]): number {
  return (states.length === 0 ? openStates : states).reduce((sum, state) => sum + counts[state], 0);
}
