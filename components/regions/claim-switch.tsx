import type { CellClaim } from "../../lib/core/regions/catalog-tables.ts";
import { cn } from "../ui/cn.ts";
import { claimWords } from "./cell-words.ts";

/** Which claim the matrix speaks about. */
export function ClaimSwitch({ value, onChange }: { value: CellClaim; onChange: (claim: CellClaim) => void }) {
  return (
    <fieldset className="flex h-8 items-center rounded-md border border-line-strong bg-surface">
      <legend className="sr-only">Claim</legend>
      {(Object.keys(claimWords) as CellClaim[]).map((claim, at) => (
        <button
          aria-pressed={claim === value}
          className={cn(
            "h-full px-2.5 text-muted text-sm hover:bg-hover aria-pressed:bg-accent-tint aria-pressed:font-medium aria-pressed:text-accent-ink",
            at > 0 && "border-line border-l",
          )}
          key={claim}
          onClick={() => onChange(claim)}
          type="button"
        >
          {claimWords[claim]}
        </button>
      ))}
    </fieldset>
  );
}
