import { X } from "lucide-react";
import type { UsageState } from "../../lib/contracts/usage-parsers.ts";
import { Button } from "../ui/button.tsx";
import { dimensionWords, type NarrowedBy, usageKeyText } from "./usage-words.ts";

export type UsageFiltersProps = {
  state: UsageState;
  onRemove: (by: NarrowedBy, value: string) => void;
  onClear: () => void;
};

/** What the figures are narrowed to, each with the way to take it away. */
export function UsageFilters({ state, onRemove, onClear }: UsageFiltersProps) {
  const active = (["region", "model", "operation", "application"] as const).flatMap((by) =>
    state[by].map((value) => ({ by, value })),
  );
  if (active.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap items-center gap-1.5">
      {active.map(({ by, value }) => (
        <li className="min-w-0" key={`${by} ${value}`}>
          <button
            aria-label={`Remove filter ${dimensionWords[by]}: ${usageKeyText(by, value)}`}
            className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm border border-line-strong bg-surface px-1.5 text-xs hover:bg-hover"
            onClick={() => onRemove(by, value)}
            type="button"
          >
            <span className="text-faint">{dimensionWords[by]}</span>
            <span className="truncate">{usageKeyText(by, value)}</span>
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
