import { type UsageDimension, usageDimensions } from "../../lib/contracts/usage.ts";
import { dimensionWords } from "./usage-words.ts";

export type DimensionChoiceProps = { chosen: UsageDimension; onChoose: (by: UsageDimension) => void };

/** What the table counts by. */
export function DimensionChoice({ chosen, onChoose }: DimensionChoiceProps) {
  return (
    <fieldset
      aria-label="Count by"
      className="inline-flex h-8 min-w-0 max-w-full overflow-x-auto rounded-md border bg-surface"
    >
      {usageDimensions.map((by) => (
        <button
          aria-pressed={by === chosen}
          className="inline-flex h-full items-center border-line border-r px-2.5 text-muted text-sm first-of-type:rounded-l-md last-of-type:rounded-r-md last-of-type:border-r-0 hover:bg-hover hover:text-ink aria-pressed:bg-accent-tint aria-pressed:font-medium aria-pressed:text-accent-ink"
          key={by}
          onClick={() => onChoose(by)}
          type="button"
        >
          {dimensionWords[by]}
        </button>
      ))}
    </fieldset>
  );
}
