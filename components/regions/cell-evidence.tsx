import type { Cell, Source } from "../../lib/core/regions/catalog.ts";
import { DefinitionList } from "../ui/definition-list.tsx";
import { CellBadge } from "./cell-mark.tsx";
import { cellWords } from "./cell-words.ts";
import { statedItems } from "./stated-list.tsx";

/** One cell with everything it rests on. */
export function CellEvidence({ cell, sources }: { cell: Cell | null; sources: readonly Source[] }) {
  if (cell === null)
    return (
      <p className="text-muted text-sm">
        The row says nothing of this region, so it counts as unknown: nobody we can cite says.
      </p>
    );
  return (
    <DefinitionList
      items={[
        {
          term: "State",
          value: (
            <span className="flex flex-wrap items-center gap-2">
              <CellBadge state={cell.state} />
              <span className="text-muted">{cellWords[cell.state].meaning}</span>
            </span>
          ),
        },
        ...statedItems(cell, sources),
        ...(cell.note ? [{ term: "Note", value: cell.note }] : []),
      ]}
    />
  );
}
