import type { CostFigures } from "../../lib/contracts/usage.ts";
import { formatCount } from "../ui/format-number.ts";
import { formatUsd } from "../ui/format-usd.ts";
import { leftOutText, unknownCalls } from "./cost-words.ts";

/** A known sum, with how many calls it leaves out; unknown is never nothing. */
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
  return (
    <span title={why}>
      {formatUsd(cost.usd)}
      {unknown === 0 ? null : <span className="text-muted text-xs"> + {formatCount(unknown)} unknown</span>}
    </span>
  );
}

/** The part that regional hosts added. */
export function UpliftCell({ cost }: { cost: CostFigures }) {
  if (cost.pricedCalls === 0) return <span className="text-faint">–</span>;
  if (cost.upliftUsd === 0 && cost.upliftUnknownCalls > 0) return <span className="text-faint">unknown</span>;
  return (
    <span title={leftOutText(cost) ?? undefined}>
      {formatUsd(cost.upliftUsd)}
      {cost.upliftUnknownCalls === 0 ? null : (
        <span className="text-muted text-xs"> + {formatCount(cost.upliftUnknownCalls)} unknown</span>
      )}
    </span>
  );
}
