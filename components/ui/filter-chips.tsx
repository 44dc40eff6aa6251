import { X } from "lucide-react";
import { Button } from "./button.tsx";

export type FilterChip = { readonly name: string; readonly value: string; readonly onRemove: () => void };

/** The filters in force, in words, each with the way to take it away. Nothing where there is none. */
export function FilterChips({ chips, onClear }: { chips: readonly FilterChip[]; onClear: () => void }) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ name, value, onRemove }) => (
        <li className="min-w-0" key={`${name}: ${value}`}>
          <button
            className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm border border-line-strong bg-surface px-1.5 text-xs hover:bg-hover"
            onClick={onRemove}
            type="button"
          >
            <span className="truncate">
              <span className="sr-only">Remove filter </span>
              <span className="text-faint">{name}:</span> {value}
            </span>
            <X aria-hidden="true" className="size-3 shrink-0" />
          </button>
        </li>
      ))}
      <li>
        <Button className="text-xs" look="link" onClick={onClear} size="sm">
          Clear filters
        </Button>
      </li>
    </ul>
  );
}
