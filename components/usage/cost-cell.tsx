import { type CostFigures, isUpliftUnknown, isWholeCost } from "../../lib/contracts/usage.ts";
import { formatUsd } from "../ui/format-usd.ts";
import { leftOutText } from "./cost-words.ts";

/** A known sum, marked where it leaves calls or an uplift out; unknown is never nothing. */
export function CostCell({ cost }: { cost: CostFigures }) {
  const isWhole = isWholeCost(cost);
  const why = leftOutText(cost) ?? undefined;
  if (cost.pricedCalls === 0)
    return isWhole ? (
      <span className="text-faint">–</span>
    ) : (
      <span className="text-faint" title={why}>
        unknown
      </span>
    );
  return <span title={why}>{isWhole ? formatUsd(cost.usd) : `≥\u202f${formatUsd(cost.usd)}`}</span>;
}

/** The part that regional hosts added. */
export function UpliftCell({ cost }: { cost: CostFigures }) {
  if (cost.pricedCalls === 0) return <span className="text-faint">–</span>;
  if (isUpliftUnknown(cost)) return <span className="text-faint">unknown</span>;
  const isLeast = cost.upliftUnknownCalls > 0;
  return (
    <span title={leftOutText(cost) ?? undefined}>
      {isLeast ? `≥\u202f${formatUsd(cost.upliftUsd)}` : formatUsd(cost.upliftUsd)}
    </span>
  );
}
