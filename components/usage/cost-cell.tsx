import type { CostFigures } from "../../lib/contracts/usage.ts";
import { formatUsd } from "../ui/format-usd.ts";
import { leftOutText, unknownCalls } from "./cost-words.ts";

/** A known sum, marked where it leaves calls out; unknown is never nothing. */
export function CostCell({ cost }: { cost: CostFigures }) {
  const unknown = unknownCalls(cost);
  const why = leftOutText(cost) ?? undefined;
  if (cost.pricedCalls === 0)
    return unknown === 0 ? (
      <span className="text-faint">–</span>
    ) : (
      <span className="text-faint" title={why}>
        unknown
      </span>
    );
  return <span title={why}>{unknown === 0 ? formatUsd(cost.usd) : `≥\u202f${formatUsd(cost.usd)}`}</span>;
}

/** The part that regional hosts added. */
export function UpliftCell({ cost }: { cost: CostFigures }) {
  if (cost.pricedCalls === 0) return <span className="text-faint">–</span>;
  if (cost.upliftUsd === 0 && cost.upliftUnknownCalls > 0) return <span className="text-faint">unknown</span>;
  const isLeast = cost.upliftUnknownCalls > 0;
  return (
    <span title={leftOutText(cost) ?? undefined}>
      {isLeast ? `≥\u202f${formatUsd(cost.upliftUsd)}` : formatUsd(cost.upliftUsd)}
    </span>
  );
}
