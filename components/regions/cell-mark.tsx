import type { CellState } from "../../lib/core/regions/catalog.ts";
import { cn } from "../ui/cn.ts";
import { cellWords } from "./cell-words.ts";

/** A cell's state as an icon with its word for those who do not see it. */
export function CellMark({ state, className }: { state: CellState; className?: string }) {
  const { icon: Icon, word, look } = cellWords[state];
  return (
    <span className={cn("inline-flex size-5 items-center justify-center rounded-sm", look, className)}>
      <Icon aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{word}</span>
    </span>
  );
}

/** The same with its word. */
export function CellBadge({ state }: { state: CellState }) {
  const { icon: Icon, word, look } = cellWords[state];
  return (
    <span className={cn("inline-flex h-5 items-center gap-1 rounded-sm px-1.5 font-medium text-xs", look)}>
      <Icon aria-hidden="true" className="size-3" />
      {word}
    </span>
  );
}

/** What the four states mean, beneath a matrix. */
export function CellLegend() {
  return (
    <ul aria-label="States" className="flex flex-wrap gap-x-4 gap-y-1 text-faint text-xs">
      {Object.entries(cellWords).map(([state, { meaning }]) => (
        <li className="flex items-center gap-1.5" key={state}>
          <CellBadge state={state as CellState} />
          {meaning}
        </li>
      ))}
    </ul>
  );
}
