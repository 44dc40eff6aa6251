import type { UsageState } from "../../lib/contracts/usage-parsers.ts";
import { FilterChips } from "../ui/filter-chips.tsx";
import { dimensionWords, type NarrowedBy, usageKeyText } from "./usage-words.ts";

export type UsageFiltersProps = {
  state: UsageState;
  onRemove: (by: NarrowedBy, value: string) => void;
  onClear: () => void;
};

/** What the figures are narrowed to. */
export function UsageFilters({ state, onRemove, onClear }: UsageFiltersProps) {
  const chips = (["region", "model", "operation", "application"] as const).flatMap((by) =>
    state[by].map((value) => ({
      name: dimensionWords[by],
      value: usageKeyText(by, value),
      onRemove: () => onRemove(by, value),
    })),
  );
  return <FilterChips chips={chips} onClear={onClear} />;
}
