import type { CallFacet } from "../../lib/contracts/calls.ts";
import { FilterValue } from "./filter-value.tsx";

export type ModelPairProps = {
  asked: string | null;
  answered: string | null;
  onFilter: (facet: CallFacet, value: string) => void;
};

/** The model asked for and, where it differs, the one that answered. */
export function ModelPair({ asked, answered, onFilter }: ModelPairProps) {
  if (asked === null && answered === null) return <span className="text-faint">none named</span>;
  const words = asked ?? "none asked for";
  const differs = answered !== null && answered !== asked;
  return (
    <FilterValue
      onFilter={() => onFilter("model", asked ?? "none")}
      what="model"
      words={differs ? `${words}, answered by ${answered}` : words}
    >
      <span className="truncate font-mono text-xs">
        {words}
        {differs ? (
          <>
            <span aria-hidden="true" className="text-faint">
              {shortAnswer(asked, answered)}
            </span>
            <span className="sr-only"> answered by {answered}</span>
          </>
        ) : null}
      </span>
    </FilterValue>
  );
}

/** `gpt-4.1` answered by its snapshot `gpt-4.1-2025-04-14`: only what the answer added. */
function shortAnswer(asked: string | null, answered: string): string {
  return asked !== null && answered.startsWith(`${asked}-`) ? answered.slice(asked.length) : ` → ${answered}`;
}
